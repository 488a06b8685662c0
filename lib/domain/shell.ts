/** What the frame around every page shows: who looks, and the counts beside the places. */
import type { TeamShape } from '@/lib/domain/rail'

export interface ShellView {
  readonly viewer: {
    readonly name: string
    readonly isAdmin: boolean
    /** "lead", "member", "admin" or "viewer": the highest role, as one word. */
    readonly role: string
    readonly teams: readonly { readonly id: string; readonly name: string; readonly shape: TeamShape }[]
    /** The zone that they chose; null follows the browser. */
    readonly timeZone: string | null
    readonly theme: 'system' | 'light' | 'dark'
  }
  /** Sequence of the log up to which the page was read. */
  readonly seq: number
  /** Notes beside the places by their address: a count, a time, or that it is going on. */
  readonly notes: Readonly<Record<string, number | 'now' | { readonly at: string }>>
}
