/** Hides how the ids in a message become people: their names and Slack ids as they are when it is sent, without those who do not want to be called so. */
import 'server-only'
import { loadAggregates, revealTexts } from '@/db/aggregate'
import type { Store } from '@/db/store'
import type { Called, Message } from '@/lib/domain/message/message'
import { hears, type Reason } from '@/lib/domain/notice/preferences'
import { wordsOf, type FreeText } from '@/lib/domain/text'

const CODE = /^\/releases\/([A-Z][A-Z0-9]*-\d+)/

/** The code of the release that a message leads to; null when it leads elsewhere. */
export function codeOf({ path }: Pick<Message, 'path'>): string | null {
  return CODE.exec(path)?.[1] ?? null
}

function reasonOf({ eventKind }: Message): Reason {
  return eventKind === 'mention' ? 'mention' : 'reminder'
}

/** Whom a message calls in a channel. Erased and archived people are left out. */
export async function calledBy(store: Store, message: Message): Promise<readonly Called[]> {
  const { calls = [] } = message
  if (calls.length === 0) return []
  const [people, words] = await Promise.all([loadAggregates(store, 'person', [...calls]), revealTexts(store, [...calls])])
  const say = (text: FreeText | null): string | null => (text === null ? null : wordsOf(text, (hash) => words.get(hash)))
  return calls.flatMap((id): readonly Called[] => {
    const person = people.get(id)?.state
    if (!person || person.archivedAt !== null || !hears(person.notices, reasonOf(message), 'channel', codeOf(message))) return []
    const name = say(person.name)
    return name === null ? [] : [{ name, slackMemberId: say(person.preferences.slackMemberId) }]
  })
}
