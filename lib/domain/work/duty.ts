/** The one list of what a judgement rests on: actions that neither sleep past their day nor are moved beyond it, reworded or dropped (PRODUCT rules 12, 14 and 19). Zod-free, for the dialog as for the rule. */

export interface Duty {
  readonly name: string
  /** Why it is strict, as a clause. */
  readonly why: string
}

const DUTIES: ReadonlyMap<string, Duty> = new Map([
  ['condition', { name: 'A condition of a go', why: 'the go was given for it' }],
  ['roll-back', { name: 'The cause of a roll-back', why: 'it is written down within its day' }],
  ['break-glass', { name: 'The review of a broken glass', why: 'somebody else has to look at it' }],
])

/** In: what an action follows from, and whether that has gone (its go is superseded, or its release ended without becoming stable). Out: what it owes; null: it is free. */
export function dutyOf(source: string | undefined, isReleased: boolean): Duty | null {
  return source === 'condition' && isReleased ? null : (DUTIES.get(source ?? '') ?? null)
}
