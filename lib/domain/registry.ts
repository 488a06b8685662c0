/** How each kind of aggregate folds its events; the store replays the log through this table. One line per kind. */
import type { AggregateKind, DomainEvent } from '@/lib/domain/aggregate'
import { applyCheckIn } from '@/lib/domain/check-in/apply'
import { applyDestination } from '@/lib/domain/destination/apply'
import { applyEnvironment } from '@/lib/domain/environment/apply'
import { applyIncident } from '@/lib/domain/incident/apply'
import { applyInstallation } from '@/lib/domain/installation/apply'
import { applyLive } from '@/lib/domain/live/apply'
import { applyModel } from '@/lib/domain/model/apply'
import { applyPerson } from '@/lib/domain/person/apply'
import { applySeries } from '@/lib/domain/series/apply'
import { applySource } from '@/lib/domain/source/apply'
import { applyRelease } from '@/lib/domain/release/apply'
import { applyTemplate } from '@/lib/domain/template/apply'
import { applyToken } from '@/lib/domain/token/apply'

/**
 * A kind's `apply`. Written as a method on purpose: methods are compared in both directions, so that
 * `(state: ModelState | null, event: ModelEvent) => ModelState` fits without a cast. The store calls it only with events of the kind.
 */
export interface Folding {
  apply(state: unknown, event: DomainEvent): unknown
}

export const registry = {
  'check-in': { apply: applyCheckIn },
  destination: { apply: applyDestination },
  incident: { apply: applyIncident },
  installation: { apply: applyInstallation },
  environment: { apply: applyEnvironment },
  live: { apply: applyLive },
  model: { apply: applyModel },
  release: { apply: applyRelease },
  series: { apply: applySeries },
  source: { apply: applySource },
  template: { apply: applyTemplate },
  person: { apply: applyPerson },
  token: { apply: applyToken },
} satisfies Partial<Record<AggregateKind, Folding>>

type Registry = typeof registry

/** The state that a kind's `apply` gives; `unknown` until the kind is registered. */
export type StateOf<K extends AggregateKind> = K extends keyof Registry
  ? Registry[K] extends { apply(...input: never[]): infer S }
    ? S
    : unknown
  : unknown

/** The folding of a kind. Thrown: when nobody registered it (a bug). */
export function foldingOf(kind: AggregateKind, table: Partial<Record<AggregateKind, Folding>> = registry): Folding {
  const folding = table[kind]
  if (!folding) throw new Error(`no apply is registered for ${kind}`)
  return folding
}
