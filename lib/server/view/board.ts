/** Reads the board: cards of all releases in flight, their sparks, the seals in their sentences. */
import 'server-only'
import { loadAggregates, revealSeals, revealTexts } from '@/db/aggregate'
import { sparkRows } from '@/db/evaluation-spark'
import { cardsInFlight, idsNaming } from '@/db/release-list'
import type { Actor } from '@/lib/domain/actor'
import type { BoardFilters, BoardSpark, BoardView } from '@/lib/domain/board'
import { unitOf, valueText } from '@/lib/domain/preset/unit'
import { buildBoard } from '@/lib/domain/release/board-build'
import { sealsOf, type ReleaseCard } from '@/lib/domain/release/card'
import { agesAt } from '@/lib/domain/release/sentence'
import { wordsOf } from '@/lib/domain/text'
import { rawStore } from '@/lib/server/raw-store'
import { nextCheckIn } from '@/lib/server/view/check-ins'
import { loadTeams, whyNot } from '@/lib/server/view/people'

/** Points of a spark. */
const POINTS = 24

function sparkOf(card: ReleaseCard, rows: ReadonlyMap<string, readonly { readonly value: number | null }[]>): BoardSpark | null {
  const { headline } = card
  const points = headline && rows.get(`${card.id} ${headline.itemId}`)
  if (!headline || !points || points.length < 2) return null
  const last = points.findLast((point) => point.value !== null)?.value
  return { points: points.map((point) => point.value), limit: headline.limit, name: headline.title, label: last == null ? 'no data' : headline.unit === '×' ? `${last.toFixed(2)} ×` : valueText(last, unitOf(headline.unit)) }
}

/** The board for this person under the filters. */
export async function boardView(actor: Actor, filters: BoardFilters, now = new Date()): Promise<BoardView> {
  const store = await rawStore()
  const cards = await cardsInFlight(store)
  const personId = actor.kind === 'person' ? actor.personId : null
  const [teams, environments, seals, rows, mine, checkIn] = await Promise.all([
    loadTeams(store), loadAggregates(store, 'environment', 'all'), revealSeals(store, cards.flatMap(sealsOf)),
    sparkRows(store, cards.flatMap((card) => (card.headline ? [{ ownerId: card.id, itemId: card.headline.itemId, isCompared: card.headline.unit === '×' }] : [])), POINTS),
    personId ? idsNaming(store, personId) : [], nextCheckIn(store, actor, now),
  ])
  const texts = await revealTexts(store, [...environments.keys()])
  const names = new Map(teams.map((team) => [team.id, team.name]))
  return buildBoard({
    cards, filters, now, hoursOf: (id) => teams.find((team) => team.id === id)?.workingHours ?? null, teams: teams.map(({ id, name, shape }) => ({ id, name, shape })),
    words: { age: agesAt(now), teamName: (team) => names.get(team) ?? team, reveal: (hash) => seals.get(hash) ?? '[erased]' },
    freezesOf: (id) => (environments.get(id)?.state.freezes ?? []).filter((f) => f.ended === null).map((f) => ({ id: f.id, from: f.from, to: f.to, zone: f.zone, reason: wordsOf(f.reason, (hash) => texts.get(hash)) })),
    sparkOf: (card) => sparkOf(card, rows), viewer: { personId, teams: actor.kind === 'person' ? actor.memberships.map((m) => m.team) : [] },
    mineIds: new Set(mine), nextCheckIn: checkIn, openRefusal: whyNot(actor, 'release.open'),
  })
}
