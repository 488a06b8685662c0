/** Builds the board from the cards of all releases in flight: filters with counts, tiles per team, groups of rows, and the sentence on top. Pure. */
import type { BoardBall, BoardFilters, BoardGroup, BoardRow, BoardSpark, BoardView, FilterOption, SentencePart, TeamTile } from '@/lib/domain/board'
import { railPacker, type RowRail } from '@/lib/domain/board-rail'
import type { RailGate, RailTeam } from '@/lib/domain/rail'
import type { WorkingHours } from '@/lib/domain/working-time'
import { fillMarks, type CardBrief, type MarkWords, type ReleaseCard } from './card'
import type { Freeze } from './phase'
import { durationWords, frozenSentence } from './sentence'
import { coveredMs, type WaitSpan } from './waiting'

/** A wait longer than this is late, milliseconds: two days. */
const LATE = 2 * 86_400_000

const WEEK = 7 * 86_400_000

const MOST_BARS = 12

/** What decides which releases stand on the board, and in which order. */
export interface BoardQuestion {
  readonly cards: readonly CardBrief[]
  readonly filters: BoardFilters
  readonly viewer: { readonly personId: string | null; readonly teams: readonly string[] }
  /** Releases in which the viewer is named: owner, assignee, on-call, opener. */
  readonly mineIds: ReadonlySet<string>
  readonly now: Date
}

type PackRail = (gates: readonly RailGate[]) => RowRail

export interface BoardInput extends BoardQuestion {
  readonly teams: readonly RailTeam[]
  /** The whole cards of the rows that come along. */
  readonly cardOf: (id: string) => ReleaseCard | undefined
  readonly words: MarkWords
  /** When a team works; null counts every hour. */
  readonly hoursOf: (team: string) => WorkingHours | null
  readonly freezesOf: (environmentId: string) => readonly Freeze[]
  readonly sparkOf: (card: ReleaseCard) => BoardSpark | null
  readonly nextCheckIn: BoardView['nextCheckIn']
  readonly openRefusal: string | null
}

const GROUPS: readonly { readonly key: string; readonly title: string; readonly has: (card: CardBrief) => boolean }[] = [
  { key: 'rolling-back', title: 'Rolling back', has: (card) => card.phase === 'rolling-back' },
  { key: 'rolling-out', title: 'Rolling out', has: (card) => card.phase === 'rolling-out' || card.phase === 'soaking' },
  { key: 'approved', title: 'Approved', has: (card) => card.phase === 'approved' },
  { key: 'ready', title: 'Ready to decide', has: (card) => card.phase === 'ready' },
  { key: 'preparing', title: 'Preparing', has: (card) => card.phase === 'preparing' },
]

function frozen(card: ReleaseCard, input: BoardInput): Freeze | null {
  if (card.phase !== 'approved' && card.phase !== 'rolling-out') return null
  const at = input.now.getTime()
  return input.freezesOf(card.environmentId).find((f) => Date.parse(f.from) <= at && at < Date.parse(f.to)
    && !card.freezeExceptions.some((e) => e.freezeId === f.id && Date.parse(e.until) > at)) ?? null
}

/** In: the instant in epoch milliseconds. */
function isOverdue(card: CardBrief, at: number): boolean {
  return card.overdueAt !== null && card.overdueAt <= at
}

function holds(card: CardBrief, team: string): boolean {
  return card.balls.some(([on]) => on === team)
}

function isMine(card: CardBrief, input: BoardQuestion): boolean {
  return input.mineIds.has(card.id) || card.balls.some(([on]) => input.viewer.teams.includes(on))
}

type Key = 'mine' | 'team' | 'model' | 'environment' | 'state' | 'overdue'

/** Whether a card passes all filters but one, so that each filter can count what choosing it would show. */
function passes(card: CardBrief, input: BoardQuestion, except?: Key): boolean {
  const { filters } = input
  if (except !== 'mine' && filters.mine && !isMine(card, input)) return false
  if (except !== 'team' && filters.team && !holds(card, filters.team)) return false
  if (except !== 'model' && filters.model && card.modelId !== filters.model) return false
  if (except !== 'environment' && filters.environment && card.environmentId !== filters.environment) return false
  if (except !== 'state' && filters.state && card.label !== filters.state) return false
  return except === 'overdue' || !filters.overdue || isOverdue(card, input.now.getTime())
}

const BY_LETTER = new Intl.Collator('en')

function options(input: BoardInput, key: Key, of: (card: CardBrief) => readonly [string, string]): readonly FilterOption[] {
  const found = new Map<string, { value: string; label: string; count: number }>()
  for (const card of input.cards) {
    if (!passes(card, input, key)) continue
    const [value, label] = of(card)
    const known = found.get(value)
    if (known) known.count += 1
    else found.set(value, { value, label, count: 1 })
  }
  return [...found.values()].toSorted((a, b) => BY_LETTER.compare(a.label, b.label))
}

function ballOf(card: ReleaseCard, input: BoardInput): BoardBall {
  const first = card.balls[0]
  if (!first) return { kind: 'nobody', teams: [], sinceAt: null, isLate: false }
  const kind = first.on === 'clock' || first.on === 'hold' || first.on === 'freeze' || first.on === 'outside' ? first.on : 'team'
  const inHand = card.gates.find((gate) => gate.hasBall)?.id
  const here = card.balls.filter((ball) => ball.gateId === inHand && ball.on !== 'clock')
  const teams = (here.length > 0 ? here : [first]).map((ball) => ball.on).filter((on) => input.teams.some((team) => team.id === on))
  const since = (here.length > 0 ? here : [first]).map((ball) => ball.since).toSorted()[0] ?? first.since
  return { kind: teams.length > 0 ? 'team' : kind, teams, sinceAt: since, isLate: kind === 'team' && input.now.getTime() - Date.parse(since) >= LATE }
}

function targetNote(card: ReleaseCard, now: Date): string {
  if (card.phase === 'soaking' && (card.share ?? 0) >= 98) return 'full traffic'
  if (card.phase === 'rolling-out' || card.phase === 'soaking') return card.share === null ? 'share not seen yet' : `${card.share < 100 ? 'canary ' : ''}${Math.round(card.share)} %`
  if (!card.targetAt) return 'no target date'
  const late = now.getTime() - Date.parse(card.targetAt)
  return late > 0 ? `late by ${durationWords(late)}` : 'on time'
}

function rowOf(card: ReleaseCard, input: BoardInput, pack: PackRail): BoardRow {
  const freeze = card.atRisk || card.isOnHold ? null : frozen(card, input)
  const overdue = card.overdueAt !== null && Date.parse(card.overdueAt) <= input.now.getTime()
  const quiet = card.pill.state === 'open' || card.pill.label === 'Ready' || card.pill.label === 'Approved'
  const sentence: readonly SentencePart[] = freeze
    ? frozenSentence(freeze)
    : card.sentence.map((part) => ({ text: fillMarks(part.text, input.words), ...(part.tone ? { tone: part.tone } : {}) }))
  return {
    id: card.id, code: card.code, modelName: card.modelName, versionLabel: card.versionLabel, environmentName: card.environmentName, orchestrator: card.orchestrator,
    rail: pack(card.gates), sentence, ball: ballOf(card, input), spark: input.sparkOf(card),
    state: freeze ? { state: 'held', label: 'Frozen' } : overdue && quiet ? { state: 'waiting', label: 'Overdue' } : card.pill,
    targetAt: card.targetAt, targetNote: targetNote(card, input.now),
  }
}

/** The longest waits one by one, all others as one bar: there is no room for more, and nobody asks for them. */
function barsOf(ages: readonly number[]): TeamTile['bars'] {
  const bars = ages.slice(0, MOST_BARS).map((ms) => ({ ms, isLate: ms >= LATE }))
  const rest = ages.slice(MOST_BARS)
  return rest.length === 0 ? bars : [...bars, { ms: rest.reduce((sum, ms) => sum + ms, 0), isLate: false }]
}

/** Who is waited for since when, and when it was waited for and is no more, by team, in one walk over the cards. */
function waitsByTeam(cards: readonly CardBrief[]): ReadonlyMap<string, { readonly since: number[]; readonly over: WaitSpan[] }> {
  const found = new Map<string, { since: number[]; over: WaitSpan[] }>()
  const of = (team: string) => {
    const known = found.get(team) ?? { since: [], over: [] }
    found.set(team, known)
    return known
  }
  for (const card of cards) {
    for (const [on, at] of card.balls) of(on).since.push(at)
    for (const team in card.waited) of(team).over.push(...(card.waited[team] ?? []))
  }
  return found
}

function tilesOf(cards: readonly CardBrief[], input: BoardInput): readonly TeamTile[] {
  const waits = waitsByTeam(cards)
  const now = input.now.getTime()
  return input.teams.map((team) => {
    const { since, over } = waits.get(team.id) ?? { since: [], over: [] }
    since.sort((a, b) => a - b)
    const [oldest] = since
    // Waits that still go on have the same end: together they are the oldest of them.
    const spans: readonly WaitSpan[] = oldest === undefined ? over : [...over, [oldest, null]]
    return {
      team: team.id, name: team.name, shape: team.shape, count: since.length, oldestSinceAt: oldest === undefined ? null : new Date(oldest).toISOString(),
      isLate: oldest !== undefined && now - oldest >= LATE, waitedThisWeekMs: coveredMs(spans, new Date(now - WEEK), input.now, input.hoursOf(team.id)), bars: barsOf(since.map((at) => now - at)),
    }
  })
}

function leadOf(cards: readonly CardBrief[], tiles: readonly TeamTile[], input: BoardInput): readonly SentencePart[] {
  const parts: SentencePart[] = [{ text: cards.length === 1 ? '1 release' : `${cards.length} releases`, tone: 'strong' }, { text: ' in flight.' }]
  const oldest = tiles.filter((tile) => tile.oldestSinceAt).toSorted((a, b) => (a.oldestSinceAt ?? '').localeCompare(b.oldestSinceAt ?? ''))[0]
  if (oldest?.oldestSinceAt) {
    parts.push({ text: ' ' }, { text: `${oldest.name} holds the oldest gate`, tone: 'strong' }, { text: `, for ${input.words.age(oldest.oldestSinceAt)}` })
    const rest = tiles.filter((tile) => tile.team !== oldest.team && tile.count > 0).map((tile) => `${tile.name} holds ${tile.count}`)
    parts.push({ text: rest.length > 0 ? `; ${rest.join(', ')}.` : '.' })
  }
  const at = input.now.getTime()
  const risk = cards.filter((card) => card.atRisk).length
  const overdue = cards.filter((card) => isOverdue(card, at)).length
  if (risk > 0) parts.push({ text: ' ' }, { text: `${risk} at risk`, tone: 'bad' }, { text: overdue > 0 ? ',' : '.' })
  if (overdue > 0) parts.push({ text: ` ${overdue} overdue.` })
  return parts
}

/** Within a group: what waits longest for people stands first; without a ball the target date decides. */
function keyOf(card: CardBrief): string {
  return `${card.atRisk ? 0 : 1}${card.balls.find(([on]) => on !== 'clock')?.[1] ?? '9'}${card.targetAt ?? '9'}${card.code}`
}

const keyed = new WeakMap<CardBrief, string>()

/** Its key, worked out once: a brief that did not change is the same object at the next look. */
function orderKey(card: CardBrief): string {
  const known = keyed.get(card)
  if (known !== undefined) return known
  const key = keyOf(card)
  keyed.set(card, key)
  return key
}

export interface OrderedGroup {
  readonly key: string
  readonly title: string
  readonly cards: readonly CardBrief[]
}

const sortedOf = new WeakMap<readonly CardBrief[], readonly CardBrief[]>()

/** The cards in the order of the board, sorted once as long as nothing changed: then they are the same list at the next look. */
function inOrder(cards: readonly CardBrief[]): readonly CardBrief[] {
  const known = sortedOf.get(cards)
  if (known) return known
  const sorted = cards.map((card) => ({ card, key: orderKey(card) })).toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ card }) => card)
  sortedOf.set(cards, sorted)
  return sorted
}

/** The cards that pass the filters, in their groups and in the order of the board; no group is empty. */
export function orderBoard(question: BoardQuestion): readonly OrderedGroup[] {
  const sorted = inOrder(question.cards).filter((card) => passes(card, question))
  return GROUPS.map(({ key, title, has }) => ({ key, title, cards: sorted.filter(has) })).filter((group) => group.cards.length > 0)
}

/** The first rows of all groups; each group says how many of its rows stayed behind. */
function firstRows(ordered: readonly OrderedGroup[], most: number, input: BoardInput, pack: PackRail): readonly BoardGroup[] {
  let room = most
  return ordered.map(({ key, title, cards }) => {
    const rows = cards.slice(0, room).flatMap(({ id }) => {
      const card = input.cardOf(id)
      return card ? [rowOf(card, input, pack)] : []
    })
    room -= rows.length
    return { key, title, rows, hidden: cards.length - rows.length }
  })
}

/** In: everything the board rests on, its order, and the most rows that come along. Out: the board; every count equals the rows behind it, whether they came along or not. */
export function buildBoard(input: BoardInput, ordered = orderBoard(input), most = Number.POSITIVE_INFINITY): BoardView {
  const at = input.now.getTime()
  const shown = ordered.flatMap((group) => group.cards)
  const tiles = tilesOf(shown, input)
  const rails = railPacker(input.teams)
  const groups = firstRows(ordered, most, input, rails.pack)
  return {
    sentence: leadOf(shown, tiles, input), tiles, groups, rails: rails.frames(),
    filters: {
      teams: input.teams.map((team) => ({ value: team.id, label: team.name, count: input.cards.filter((card) => passes(card, input, 'team') && holds(card, team.id)).length })),
      models: options(input, 'model', (card) => [card.modelId, card.modelName]),
      environments: options(input, 'environment', (card) => [card.environmentId, card.environmentName]),
      states: options(input, 'state', (card) => [card.label, card.label]),
      mine: input.cards.filter((card) => passes(card, input, 'mine') && isMine(card, input)).length,
      overdue: input.cards.filter((card) => passes(card, input, 'overdue') && isOverdue(card, at)).length,
    },
    total: input.cards.length, shown: shown.length,
    nextCheckIn: input.nextCheckIn, openRefusal: input.openRefusal, asOf: input.now.toISOString(),
  }
}
