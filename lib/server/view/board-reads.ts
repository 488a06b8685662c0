/** Everything that the board of one person rests on, read from the store: the cards first, then what only its rows need. */
import 'server-only'
import { loadAggregates, revealSeals, revealTexts } from '@/db/aggregate'
import { sparkRows } from '@/db/evaluation-spark'
import { briefsInFlight, cardsOf } from '@/db/release-list'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import { sealsOf } from '@/lib/domain/release/card'
import { nextCheckIn } from '@/lib/server/view/check-ins'
import { loadTeams } from '@/lib/server/view/people'

/** Points of a spark. */
const POINTS = 24

/** What all counts rest on. In: who looks, and when. */
export async function boardReads(store: Store, actor: Actor, now: Date) {
  const [inFlight, teams, environments, checkIn] = await Promise.all([
    briefsInFlight(store, actor.kind === 'person' ? actor.personId : null), loadTeams(store), loadAggregates(store, 'environment', 'all'), nextCheckIn(store, actor, now),
  ])
  const texts = await revealTexts(store, [...environments.keys()])
  return { inFlight, teams, environments, checkIn, texts }
}

/** What some rows show: their whole cards, the words behind the seals of their sentences, and the points of their sparks. */
export async function rowReads(store: Store, ids: readonly string[]) {
  const cards = await cardsOf(store, ids)
  const [seals, sparks] = await Promise.all([
    revealSeals(store, cards.flatMap(sealsOf)),
    sparkRows(store, cards.flatMap((card) => (card.headline ? [{ ownerId: card.id, itemId: card.headline.itemId, isCompared: card.headline.unit === '×' }] : [])), POINTS),
  ])
  return { whole: new Map(cards.map((card) => [card.id, card])), seals, sparks }
}
