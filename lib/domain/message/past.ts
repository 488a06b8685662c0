/** Takes the log of one aggregate apart into the commands that wrote it, with the state before and after each: what was told is told again from there. Pure. */
import type { DomainEvent } from '@/lib/domain/aggregate'

/** One entry of the log, its texts sealed. */
export interface LoggedEvent {
  readonly at: Date
  readonly actorName: string
  readonly isSystem: boolean
  /** Names the command that wrote it: every entry of one command, of whatever aggregate, has the same. */
  readonly command: string
  /** Whether the command was one on this aggregate; those on others tell of themselves. */
  readonly isOwn: boolean
  readonly event: DomainEvent
}

export interface PastCommand<S> {
  readonly first: LoggedEvent
  readonly events: readonly DomainEvent[]
  readonly before: S | null
  readonly after: S
}

/** In: all entries of one aggregate, oldest first, and how its events fold. Out: its commands, oldest first, those of others too. */
export function pastCommands<S>(entries: readonly LoggedEvent[], fold: (state: S | null, event: DomainEvent) => S): readonly PastCommand<S>[] {
  const commands: PastCommand<S>[] = []
  let state: S | null = null
  for (let from = 0; from < entries.length;) {
    const first = entries[from]
    if (!first) break
    const ends = entries.findIndex((one, index) => index > from && one.command !== first.command)
    const events = entries.slice(from, ends === -1 ? entries.length : ends).map((one) => one.event)
    const before: S | null = state
    const after: S | null = events.reduce<S | null>((folded, event) => fold(folded, event), before)
    if (after !== null) commands.push({ first, events, before, after })
    state = after
    from += events.length
  }
  return commands
}
