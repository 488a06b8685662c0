/** The agenda before the start in the order that people gave it: lines come and go by themselves until then, so it is laid by matters and not by places. Pure. */
import { refuse, type Outcome } from '@/lib/domain/aggregate'
import type { CheckInCommandOf } from './commands'
import type { CheckInState, Topic } from './state'
import type { Turn } from './turn'

/** What a topic is about, the same from one look at the agenda to the next: the matter that its line was made from, else itself. */
export function matterOf(topic: Pick<Topic, 'id' | 'key'>): string {
  return topic.key ?? topic.id
}

/**
 * The topics as people laid them. What came up since stands where it would by itself: after the topic before it, so that a new line which blocks everything is
 * not at the end. In: the topics in the agenda's own order, and the plan. Out: the same topics, those that were set aside parked.
 */
export function arranged(topics: readonly Topic[], { order = [], aside = [] }: Pick<CheckInState, 'order' | 'aside'>): readonly Topic[] {
  const place = new Map(order.map((matter, index) => [matter, index]))
  const placeOf = (topic: Topic) => place.get(matterOf(topic)) ?? -1
  const laid = topics.filter((topic) => placeOf(topic) >= 0).toSorted((a, b) => placeOf(a) - placeOf(b))
  for (const [index, topic] of topics.entries()) {
    if (placeOf(topic) >= 0) continue
    const before = topics[index - 1]
    laid.splice(before === undefined ? 0 : laid.indexOf(before) + 1, 0, topic)
  }
  return laid.map((topic) => (aside.includes(matterOf(topic)) ? { ...topic, status: 'parked' } : topic))
}

/** Before the start: the whole order as somebody sees it, or one matter set aside for the time after and back. */
export function decideArrange({ state, happened }: Turn, command: CheckInCommandOf<'arrange' | 'set-aside'>): Outcome {
  if (state.status !== 'scheduled') return refuse('closed', 'The check-in is running: move its topics, or park them, there.')
  if (command.type === 'arrange') {
    if (new Set(command.order).size < command.order.length) return refuse('invalid', 'A topic stands in one place.')
    return happened({ type: 'agenda-arranged', order: command.order })
  }
  const isAside = (state.aside ?? []).includes(command.matter)
  if (isAside === command.isAside) return refuse('exists', isAside ? 'It is parked already.' : 'It is on the agenda already.')
  return happened({ type: 'matter-set-aside', matter: command.matter, isAside: command.isAside })
}
