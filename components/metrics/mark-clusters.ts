/** Groups marks that would lie upon one another, and says which of them have room for their words. */
import type { PanelMark } from '@/lib/domain/preset/panel-view'

export interface Cluster {
  readonly marks: readonly PanelMark[]
  /** Where it stands, 0 to 1. */
  readonly at: number
  /** Room to the next one, pixels. */
  readonly room: number
}

/** A sign and a hair of air. */
const SIGN_PX = 20

/** In: marks in the order of time, the ends of the axis in unix seconds, its width in pixels. */
export function clusters(marks: readonly PanelMark[], from: number, to: number, width: number): readonly Cluster[] {
  const place = (at: number) => (at - from) / (to - from || 1)
  const groups: { at: number; marks: PanelMark[] }[] = []
  for (const mark of marks) {
    if (mark.at < from || mark.at > to) continue
    const at = place(mark.at)
    const last = groups.at(-1)
    if (last && (at - last.at) * width < SIGN_PX) last.marks.push(mark)
    else groups.push({ at, marks: [mark] })
  }
  return groups.map((group, k) => ({ ...group, room: ((groups[k + 1]?.at ?? 1) - group.at) * width }))
}
