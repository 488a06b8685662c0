/** What a person wants to hear of, and by which way. What nobody chose is as `STANDARD` says. Zod-free. */

/** Why somebody hears: they are mentioned; something of theirs is due; as a lead, something of the team is long overdue. */
export const REASONS = ['mention', 'reminder', 'escalation'] as const
export type Reason = (typeof REASONS)[number]

export interface Ways {
  /** An e-mail of one's own, where the installation sends any. */
  readonly mail: boolean
  /** By name in the message that the team's channel gets anyway. */
  readonly channel: boolean
}

export interface NoticePreferences {
  readonly ways: Readonly<Record<Reason, Ways>>
  /** When the daily digest comes by e-mail, `HH:MM` in the zone; null: it is read in the product only. */
  readonly digest: { readonly at: string; readonly zone: string } | null
  /** Codes of releases of which one wants to hear nothing by these ways; the channel still hears of them. */
  readonly muted: readonly string[]
}

export const STANDARD: NoticePreferences = {
  ways: { mention: { mail: true, channel: true }, reminder: { mail: true, channel: true }, escalation: { mail: true, channel: true } },
  digest: null,
  muted: [],
}

export const REASON_TEXT: Readonly<Record<Reason, string>> = {
  mention: 'Somebody mentions me', reminder: 'Something of mine is due', escalation: 'Something of a team that I lead is long overdue',
}

/** Whether somebody hears of something by a way. In: their choices (absent: the standard), why, how, and the release that it is about (null: none). */
export function hears(preferences: NoticePreferences | undefined, reason: Reason, way: keyof Ways, code: string | null): boolean {
  const { ways, muted } = preferences ?? STANDARD
  return ways[reason][way] && !(code !== null && muted.includes(code))
}
