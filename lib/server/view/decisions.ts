/** Reads the list of decisions, newest first, searched in their revealed words. */
import 'server-only'
import { revealSeals } from '@/db/aggregate'
import { decisionRows, type DecisionRow } from '@/db/release-list'
import type { DecisionLine } from '@/lib/domain/release/work'
import { isFreeText, wordsOf, type FreeText } from '@/lib/domain/text'
import { rawStore } from '@/lib/server/raw-store'
import { loadNames } from '@/lib/server/view/people'

/** How many decisions a search looks through. */
const MOST_SEARCHED = 5_000

export interface DecisionQuery {
  readonly q?: string | undefined
  readonly kind?: string | undefined
  readonly model?: string | undefined
  readonly before?: number | undefined
}

function textsOf(row: DecisionRow): Readonly<Record<string, FreeText>> {
  if (typeof row.body !== 'object' || row.body === null) return {}
  return Object.fromEntries(Object.entries(row.body).flatMap(([key, value]) => (isFreeText(value) ? [[key, value]] : [])))
}

function fieldOf(row: DecisionRow, key: string): unknown {
  if (typeof row.body !== 'object' || row.body === null) return null
  return Object.entries(row.body).find(([name]) => name === key)?.[1] ?? null
}

/** In: words to find, a kind, a model id, the number to page from. Out: at most 100 lines and where the next page begins. */
export async function decisionList(query: DecisionQuery): Promise<{ readonly lines: readonly DecisionLine[]; readonly next: number | null }> {
  const store = await rawStore()
  const isSearch = Boolean(query.q?.trim() || query.model)
  const rows = await decisionRows(store, { kind: query.kind, before: query.before }, isSearch ? MOST_SEARCHED : 101)
  const seals = await revealSeals(store, rows.flatMap((row) => Object.values(textsOf(row)).flatMap((text) => ('sealed' in text ? [text.sealed] : []))))
  const names = await loadNames(store)
  const say = (row: DecisionRow, key: string) => {
    const text = textsOf(row)[key]
    return text ? wordsOf(text, (hash) => seals.get(hash)) : ''
  }
  const words = (query.q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const lines = rows.filter((row) => !query.model || fieldOf(row, 'modelId') === query.model).map((row): DecisionLine => {
    const deciders = fieldOf(row, 'deciders')
    const number = (key: string) => { const value = fieldOf(row, key); return typeof value === 'number' ? value : null }
    const text = (key: string) => { const value = fieldOf(row, key); return typeof value === 'string' ? value : '' }
    return {
      number: row.number, kind: row.kind, title: say(row, 'title'), reason: say(row, 'reason'), code: text('code'), releaseId: row.releaseId ?? '', modelName: text('modelName'),
      versionLabel: text('versionLabel'), at: row.at.toISOString(), by: names.get(text('by')) ?? 'Gatehouse',
      deciders: Array.isArray(deciders) ? deciders.map((one: unknown) => (typeof one === 'object' && one !== null && 'personId' in one ? (names.get(String(one.personId)) ?? 'someone') : 'someone')) : [],
      supersedes: number('supersedes'), supersededBy: number('supersededBy'), until: text('until') || null,
    }
  }).filter((line) => words.every((word) => `${line.title} ${line.reason} ${line.code} ${line.modelName} d-${line.number} ${line.by}`.toLowerCase().includes(word)))
  const page = lines.slice(0, 100)
  return { lines: page, next: lines.length > 100 ? (page.at(-1)?.number ?? null) : null }
}
