/** Groups marks that would lie upon one another, and says which of them have room for their words. */
import type { PanelMark } from '@/lib/domain/preset/panel-view'

export interface Cluster {
  readonly marks: readonly PanelMark[]
  /** Where it stands, 0 to 1. */
  readonly at: number
  /** What it says in a few words. */
  readonly words: string
  /** On which side of the sign there is room for the words; `null` when on neither. */
  readonly side: 'right' | 'left' | null
}

/** A sign and a hair of air. */
const SIGN_PX = 20
/** Width of one character of a label, pixels, on the safe side. */
const CHARACTER_PX = 6.4

/** In: marks in the order of time, the ends of the axis in unix seconds, its width in pixels. */
export function clusters(marks: readonly PanelMark[], from: number, to: number, width: number): readonly Cluster[] {
  const groups: { at: number; marks: PanelMark[] }[] = []
  for (const mark of marks) {
    if (mark.at < from || mark.at > to) continue
    const at = (mark.at - from) / (to - from || 1)
    const last = groups.at(-1)
    if (last && (at - last.at) * width < SIGN_PX) last.marks.push(mark)
    else groups.push({ at, marks: [mark] })
  }
  // Right end of what is taken so far, pixels.
  let taken = 0
  return groups.map((group, k): Cluster => {
    const [x, next] = [group.at * width, (groups[k + 1]?.at ?? 1) * width]
    const words = group.marks.length === 1 ? (group.marks[0]?.label ?? '') : `${group.marks.length} events`
    const needed = words.length * CHARACTER_PX + SIGN_PX
    const side = next - x > needed + (groups[k + 1] ? SIGN_PX / 2 : 0) ? 'right' : x - taken > needed ? 'left' : null
    taken = x + (side === 'right' ? needed : SIGN_PX / 2)
    return { ...group, words, side }
  })
}
