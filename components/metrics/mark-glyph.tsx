/** The sign of what happened, for the time axis: a shape for each kind; colour only where it is a state. */
import type { PanelMark } from '@/lib/domain/preset/panel-view'

const PATHS: Readonly<Record<PanelMark['kind'], string>> = {
  rollout: 'M3 2v8l7-4z',
  step: 'M2 9.5h3V6.5h2.5V3.5H10',
  'sign-off': 'M2.5 6.2l2.4 2.5 4.6-5.2',
  decision: 'M6 1.5L10.5 6 6 10.5 1.5 6z',
  'roll-back': 'M9 2v8L2 6z',
  hold: 'M4 2.5v7M8 2.5v7',
  alert: 'M6 2l4.6 8H1.4z',
  stable: 'M2.5 2.5h7v7h-7z',
}
const STROKED: ReadonlySet<PanelMark['kind']> = new Set(['step', 'sign-off', 'hold'])
const COLOURS: Readonly<Partial<Record<PanelMark['kind'], string>>> = { 'roll-back': 'text-failed', alert: 'text-risk', hold: 'text-waiting' }

/** What the sign means, for who reads it out or points at it. */
export const KIND_WORDS: Readonly<Record<PanelMark['kind'], string>> = {
  rollout: 'rollout', step: 'step', 'sign-off': 'sign-off', decision: 'decision', 'roll-back': 'roll-back', hold: 'hold', alert: 'alert', stable: 'stable',
}

export function MarkGlyph({ kind, size = 12 }: { kind: PanelMark['kind']; size?: number }) {
  const line = STROKED.has(kind) ? { fill: 'none', stroke: 'currentColor', strokeWidth: 1.6, strokeLinecap: 'round', strokeLinejoin: 'round' } as const : { fill: 'currentColor' }
  return <svg viewBox="0 0 12 12" width={size} height={size} aria-hidden="true" className={`shrink-0 ${COLOURS[kind] ?? 'text-ink-2'}`}><path d={PATHS[kind]} {...line} /></svg>
}
