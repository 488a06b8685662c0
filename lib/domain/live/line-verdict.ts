/** Whose verdict of a release's line speaks: the release's own while it measures the line, that of the standing watch once its version is live (PRODUCT rules 12 and 23). Pure. */
import type { ItemVerdict, ReleaseState } from '@/lib/domain/release/state'
import type { LiveState } from './state'

/** What the standing watch says of a line. Out: `null` where another version, or nothing, is watched, or the line was never measured. */
export function watchedVerdict(state: Pick<ReleaseState, 'id'>, live: LiveState | null | undefined, itemId: string): ItemVerdict | null {
  return live?.watch?.releaseId === state.id ? (live.watch.items[itemId] ?? null) : null
}

/** Lines of the follow-up are measured by the release itself, also after it is stable. */
function isFollowUp(state: ReleaseState, itemId: string): boolean {
  const gateId = state.items[itemId]?.gateId
  return state.template.gates.some((gate) => gate.id === gateId && gate.phase === 'follow-up')
}

/** The newest verdict of a line. In: the release, what is live where it goes, the line. Out: `null` before it is measured, and once nobody measures it: its version is live no more. */
export function lineVerdict(state: ReleaseState, live: LiveState | null, itemId: string): ItemVerdict | null {
  if (state.stableAt === null || isFollowUp(state, itemId)) return state.items[itemId]?.verdict ?? null
  return watchedVerdict(state, live, itemId)
}
