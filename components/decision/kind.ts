/** The kinds of decisions as a person says them. */
import type { DecisionKind } from '@/lib/domain/release/state'

const NAMES: Readonly<Record<DecisionKind, string>> = {
  go: 'Go', 'go-with-conditions': 'Go with conditions', 'no-go': 'No-go', defer: 'Defer', choice: 'Choice', hold: 'Hold', resume: 'Resume',
  'roll-back': 'Roll-back', cancel: 'Cancel', exception: 'Exception',
}

/** The name of a kind. */
export function decisionKindName(kind: DecisionKind): string {
  return NAMES[kind]
}
