/** Whether what an action was promised for has gone, so that it may be put off, moved, reworded and dropped like any other (PRODUCT rule 12). */
import type { Action, ReleaseState } from './state'

/** In: the release and one of its actions. Out: whether its decision was superseded, or the release came to another end than stable. */
export function isReleased(state: Pick<ReleaseState, 'end' | 'decisions'>, { sourceId }: Pick<Action, 'sourceId'>): boolean {
  if (state.end && state.end.kind !== 'closed') return true
  return state.decisions.some((one) => sourceId === `D-${one.number}` && one.supersededBy !== null)
}
