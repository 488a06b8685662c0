/** Reads the list of decisions, newest first, filtered by columns and searched in their revealed words. */
import 'server-only'
import { loadAggregate, revealSeals } from '@/db/aggregate'
import { countDue, decisionAhead, decisionCount, decisionPage, releaseOfDecision, type DecisionFilter, type ListedDecision } from '@/db/work-list'
import type { Store } from '@/db/store'
import type { DecisionLine } from '@/lib/domain/release/work'
import { isFreeText, wordsOf, type FreeText } from '@/lib/domain/text'
import { rawStore } from '@/lib/server/raw-store'
import { loadNames } from '@/lib/server/view/people'

/** How many decisions a search looks through. */
const MOST_SEARCHED = 5_000
/** Of a page, where nobody says how many. */
const PAGE = 100

export interface DecisionQuery {
  readonly q?: string | undefined
  readonly kind?: string | undefined
  readonly model?: string | undefined
  /** Somebody who decided it, recorded it, was consulted or informed. */
  readonly person?: string | undefined
  /** `due`: somebody has to say whether it held; `planned`: on some later day. */
  readonly confirmation?: string | undefined
  /** `in-force` or `superseded`. */
  readonly standing?: string | undefined
  /** Only numbers below this; 0, as `previous` says it: the newest. */
  readonly before?: number | undefined
  /** Of a page, at most 100. */
  readonly limit?: number | undefined
}

export interface DecisionPage {
  readonly lines: readonly DecisionLine[]
  /** What `before` is on the next page and on the one before this; null: there is none, 0: the newest. */
  readonly next: number | null
  readonly previous: number | null
  /** Which of how many that fit these are, counted from 1; 0 to 0 of none. */
  readonly place: { readonly from: number; readonly to: number; readonly total: number }
  /** How many are due for confirmation now, whatever is filtered. */
  readonly dueCount: number
}

function oneOf<const T extends string>(value: string | undefined, ...known: readonly T[]): T | undefined {
  return known.find((one) => one === value)
}

function fieldOf(row: ListedDecision, key: string): unknown {
  if (typeof row.body !== 'object' || row.body === null) return null
  return Object.entries(row.body).find(([name]) => name === key)?.[1] ?? null
}

function textsOf(row: ListedDecision): readonly FreeText[] {
  return typeof row.body === 'object' && row.body !== null ? Object.values(row.body).filter(isFreeText) : []
}

function decidersOf(row: ListedDecision, names: ReadonlyMap<string, string>): readonly string[] {
  const deciders = fieldOf(row, 'deciders')
  return Array.isArray(deciders) ? deciders.map((one: unknown) => (typeof one === 'object' && one !== null && 'personId' in one ? (names.get(String(one.personId)) ?? 'someone') : 'someone')) : []
}

/** Ids of who decided a listed decision. */
export function deciderIds(row: ListedDecision): readonly string[] {
  const deciders = fieldOf(row, 'deciders')
  return Array.isArray(deciders) ? deciders.flatMap((one: unknown) => (typeof one === 'object' && one !== null && 'personId' in one ? [String(one.personId)] : [])) : []
}

/** Rows as lines, with their words revealed. */
export async function decisionLines(rows: readonly ListedDecision[], now: Date): Promise<readonly DecisionLine[]> {
  const store = await rawStore()
  const [seals, names] = await Promise.all([revealSeals(store, rows.flatMap((row) => textsOf(row).flatMap((text) => ('sealed' in text ? [text.sealed] : [])))), loadNames(store)])
  return rows.map((row): DecisionLine => {
    const say = (key: string) => {
      const text = fieldOf(row, key)
      return isFreeText(text) ? wordsOf(text, (hash) => seals.get(hash)) : ''
    }
    const number = (key: string) => { const value = fieldOf(row, key); return typeof value === 'number' ? value : null }
    const text = (key: string) => { const value = fieldOf(row, key); return typeof value === 'string' ? value : '' }
    const outcome = text('outcome')
    return {
      number: row.number, kind: row.kind, title: say('title'), reason: say('reason'), code: text('code'), releaseId: row.releaseId ?? '', modelName: text('modelName'),
      versionLabel: text('versionLabel'), at: row.at.toISOString(), by: names.get(text('by')) ?? 'Gatehouse', deciders: decidersOf(row, names),
      supersedes: number('supersedes'), supersededBy: number('supersededBy'), until: text('until') || null,
      confirmAt: row.confirmAt?.toISOString() ?? null, isDue: row.confirmAt !== null && row.confirmAt <= now, how: say('how'), outcome: outcome === 'held' || outcome === 'not-held' ? outcome : null,
    }
  })
}

interface Window {
  readonly lines: readonly DecisionLine[]
  /** How many fit that are newer than these, and all that fit. */
  readonly newer: number
  readonly total: number
  /** The number of the one that begins the page before this; null: it is the newest page. */
  readonly ahead: number | null
}

/** A page of what columns alone decide. */
async function pageOfRows(store: Store, filter: DecisionFilter, before: number | undefined, limit: number, now: Date): Promise<Window> {
  const above = { ...filter, since: before }
  const [rows, total, newer, ahead] = await Promise.all([
    decisionPage(store, { ...filter, before }, limit), decisionCount(store, filter), before === undefined ? 0 : decisionCount(store, above), before === undefined ? null : decisionAhead(store, above, limit),
  ])
  return { lines: await decisionLines(rows, now), newer, total, ahead }
}

/** A page of what words decide, which are sealed in the table: all that may fit are read and looked through. */
async function pageOfWords(store: Store, filter: DecisionFilter, words: readonly string[], before: number | undefined, limit: number, now: Date): Promise<Window> {
  const all = (await decisionLines(await decisionPage(store, filter, MOST_SEARCHED), now))
    .filter((line) => words.every((word) => `${line.title} ${line.reason} ${line.code} ${line.modelName} d-${line.number} ${line.by} ${line.deciders.join(' ')}`.toLowerCase().includes(word)))
  const older = all.filter((line) => before === undefined || line.number < before)
  const newer = all.length - older.length
  return { lines: older.slice(0, limit), newer, total: all.length, ahead: all[newer - limit - 1]?.number ?? null }
}

/** In: words to find, filters, the number to page from. Out: a page of lines, where its neighbours begin, which of how many it has, and how many wait to be confirmed. */
export async function decisionList(query: DecisionQuery, now = new Date()): Promise<DecisionPage> {
  const store = await rawStore()
  const words = (query.q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const filter = {
    kind: query.kind, modelId: query.model, personId: query.person, dueBy: now,
    confirmation: oneOf(query.confirmation, 'due', 'planned'), standing: oneOf(query.standing, 'in-force', 'superseded'),
  }
  const limit = Math.min(PAGE, query.limit ?? PAGE)
  const before = query.before === 0 ? undefined : query.before
  const [{ lines, newer, total, ahead }, due] = await Promise.all([words.length > 0 ? pageOfWords(store, filter, words, before, limit, now) : pageOfRows(store, filter, before, limit, now), countDue(store, now)])
  return {
    lines, next: newer + lines.length < total ? (lines.at(-1)?.number ?? null) : null, previous: newer === 0 ? null : (ahead ?? 0),
    place: { from: lines.length === 0 ? 0 : newer + 1, to: lines.length === 0 ? 0 : newer + lines.length, total }, dueCount: due,
  }
}

/** Where a decision stands. In: its number, with or without "D-". Out: the release's code and the number, or null when there is none. */
export async function placeOfDecision(number: string): Promise<{ readonly code: string; readonly number: number } | null> {
  const plain = number.replace(/^[dD]-/, '')
  if (!/^\d{1,9}$/.test(plain)) return null
  const store = await rawStore()
  const releaseId = await releaseOfDecision(store, Number(plain))
  const release = releaseId === null ? null : await loadAggregate(store, 'release', releaseId)
  return release && { code: release.state.code, number: Number(plain) }
}
