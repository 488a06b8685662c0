/** What the parts of a release's view share: what it is built from, and how sealed words and people are shown. */
import type { Actor } from '@/lib/domain/actor'
import type { RailTeam } from '@/lib/domain/rail'
import type { WorkingHours } from '@/lib/domain/working-time'
import { wordsOf, type FreeText, type Reveal } from '@/lib/domain/text'
import type { StableFacts } from './against'
import type { ReleaseState } from './state'
import type { CommentView, PersonRef } from './view'
import type { ReleaseWorld } from './world'

export interface ViewInput {
  readonly world: ReleaseWorld
  readonly state: ReleaseState
  readonly version: number
  readonly actor: Actor
  readonly now: Date
  readonly reveal: Reveal
  /** Names of everyone who stands in the record, archived people too. */
  readonly names: ReadonlyMap<string, string>
  readonly teams: readonly (RailTeam & { readonly workingHours: WorkingHours })[]
  readonly newestRevision: number | null
  /** What is known of the last stable version. */
  readonly stable: StableFacts
}

/** What the parts of a view share: how words and people are shown. */
export interface Shown {
  readonly input: ViewInput
  readonly say: (text: FreeText) => string
  readonly person: (id: string) => PersonRef
}

export function shownBy(input: ViewInput): Shown {
  return {
    input,
    say: (text) => wordsOf(text, input.reveal),
    person: (id) => ({ id, name: input.names.get(id) ?? (id === 'evaluator' || id === 'clock' || id === 'setup' ? 'Gatehouse' : 'someone') }),
  }
}

export function commentViews({ input, say, person }: Shown, about: { gateId?: string | null; itemId?: string | null }): readonly CommentView[] {
  return input.state.comments
    .filter((c) => (about.itemId !== undefined ? c.itemId === about.itemId : true) && (about.gateId !== undefined ? c.gateId === about.gateId : true))
    .map((c) => ({ id: c.id, text: say(c.text), mentions: c.mentions.map(person), by: person(c.by), at: c.at }))
}

