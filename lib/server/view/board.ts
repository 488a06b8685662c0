/** Reads the board: cards of all releases in flight, their sparks, the seals in their sentences. */
import 'server-only'
import type { Actor } from '@/lib/domain/actor'
import type { BoardFilters, BoardSpark, BoardView } from '@/lib/domain/board'
import { unitOf, valueText } from '@/lib/domain/preset/unit'
import { buildBoard, orderBoard } from '@/lib/domain/release/board-build'
import type { ReleaseCard } from '@/lib/domain/release/card'
import { agesAt } from '@/lib/domain/release/sentence'
import { wordsOf } from '@/lib/domain/text'
import { rawStore } from '@/lib/server/raw-store'
import { boardReads, rowReads } from '@/lib/server/view/board-reads'
import { whyNot } from '@/lib/server/view/people'

/** A spark is 84 px wide and 22 px high; the value in words beside it is exact. */
const DRAWN_DIGITS = 4

function drawn(value: number | null): number | null {
  if (value === null || value === 0 || !Number.isFinite(value)) return value
  const scale = 10 ** (DRAWN_DIGITS - 1 - Math.floor(Math.log10(Math.abs(value))))
  return Math.round(value * scale) / scale
}

function sparkOf(card: ReleaseCard, rows: ReadonlyMap<string, readonly { readonly value: number | null }[]>): BoardSpark | null {
  const { headline } = card
  const points = headline && rows.get(`${card.id} ${headline.itemId}`)
  if (!headline || !points || points.length < 2) return null
  const last = points.findLast((point) => point.value !== null)?.value
  return { points: points.map((point) => drawn(point.value)), limit: headline.limit, name: headline.title, label: last == null ? 'no data' : headline.unit === '×' ? `${last.toFixed(2)} ×` : valueText(last, unitOf(headline.unit)) }
}

/** A board of up to so many rows comes whole with its page; of a longer one the first rows do, more than the first picture draws. */
const WHOLE_UP_TO = 60
const FIRST_ROWS = 40

/** The board for this person under the filters. In: whether only the beginning of a long board is wanted, as its page sends it. */
export async function boardView(actor: Actor, filters: BoardFilters, now = new Date(), isBeginning = false): Promise<BoardView> {
  const store = await rawStore()
  const { inFlight: { briefs: cards, naming: mine }, teams, environments, checkIn, texts } = await boardReads(store, actor, now)
  const personId = actor.kind === 'person' ? actor.personId : null
  const question = { cards, filters, now, viewer: { personId, teams: actor.kind === 'person' ? actor.memberships.map((m) => m.team) : [] }, mineIds: mine }
  const ordered = orderBoard(question)
  const wanted = ordered.flatMap((group) => group.cards)
  const most = isBeginning && wanted.length > WHOLE_UP_TO ? FIRST_ROWS : wanted.length
  const { whole, seals, sparks } = await rowReads(store, wanted.slice(0, most).map(({ id }) => id))
  const names = new Map(teams.map((team) => [team.id, team.name]))
  return buildBoard({
    ...question, cardOf: (id) => whole.get(id), hoursOf: (id) => teams.find((team) => team.id === id)?.workingHours ?? null, teams: teams.map(({ id, name, shape }) => ({ id, name, shape })),
    words: { age: agesAt(now), teamName: (team) => names.get(team) ?? team, reveal: (hash) => seals.get(hash) ?? '[erased]' },
    freezesOf: (id) => (environments.get(id)?.state.freezes ?? []).filter((f) => f.ended === null).map((f) => ({ id: f.id, from: f.from, to: f.to, zone: f.zone, reason: wordsOf(f.reason, (hash) => texts.get(hash)) })),
    sparkOf: (card) => sparkOf(card, sparks), nextCheckIn: checkIn, openRefusal: whyNot(actor, 'release.open'),
  }, ordered, most)
}
