/** Reads the list of check-ins, and for the board and the frame which one is next and how long its agenda is. */
import 'server-only'
import { revealSeals } from '@/db/aggregate'
import { comingCheckIns, pastCheckIns, releasesInFlight, type CheckInRow } from '@/db/check-in-list'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import type { BoardView } from '@/lib/domain/board'
import { nextOf } from '@/lib/domain/check-in/next'
import type { CheckInLine, CheckInsView } from '@/lib/domain/check-in/view'
import { formatPlural } from '@/lib/domain/format'
import type { ShellView } from '@/lib/domain/shell'
import { isFreeText, wordsOf } from '@/lib/domain/text'
import { checkInView } from '@/lib/server/view/check-in'
import { rawStore } from '@/lib/server/raw-store'
import { loadTeams, whyNot } from '@/lib/server/view/people'

const MOST_PAST = 100
const MOST_COMING = 50

const STATUSES = ['scheduled', 'running', 'closed', 'cancelled', 'missed'] as const

interface Body {
  readonly title: string
  readonly durationMinutes: number
  readonly isAll: boolean
  readonly releaseIds: readonly string[]
  readonly counts: Readonly<Record<'topics' | 'open' | 'decisions' | 'actions', number>>
}

function field(row: CheckInRow, key: string): unknown {
  return typeof row.body === 'object' && row.body !== null ? Object.entries(row.body).find(([name]) => name === key)?.[1] : undefined
}

function bodyOf(row: CheckInRow, seals: ReadonlyMap<string, string | null>): Body {
  const number = (key: string) => { const value = field(row, key); return typeof value === 'number' ? value : 0 }
  const title = field(row, 'title')
  const ids = field(row, 'releaseIds')
  return {
    title: isFreeText(title) ? wordsOf(title, (hash) => seals.get(hash)) : '', durationMinutes: number('durationMinutes'), isAll: ids === 'all',
    releaseIds: Array.isArray(ids) ? ids.map(String) : [], counts: { topics: number('topics'), open: number('open'), decisions: number('decisions'), actions: number('actions') },
  }
}

function sealsIn(rows: readonly CheckInRow[]): readonly string[] {
  return rows.flatMap((row) => { const title = field(row, 'title'); return isFreeText(title) && 'sealed' in title ? [title.sealed] : [] })
}

/** All check-ins: coming ones with the length of their agenda, past ones with what they came to. */
export async function checkInList(actor: Actor, now = new Date()): Promise<CheckInsView> {
  const store = await rawStore()
  const [coming, past, flight, teams] = await Promise.all([comingCheckIns(store, MOST_COMING), pastCheckIns(store, MOST_PAST), releasesInFlight(store), loadTeams(store)])
  const seals = await revealSeals(store, sealsIn([...coming, ...past]))
  const codes = new Map(flight.map((one) => [one.id, one.code]))
  const line = async (row: CheckInRow): Promise<CheckInLine> => {
    const body = bodyOf(row, seals)
    const status = STATUSES.find((one) => one === row.state) ?? 'scheduled'
    const named = body.releaseIds.map((id) => codes.get(id)).filter((code) => code !== undefined)
    const isComing = status === 'scheduled' || status === 'running'
    return {
      id: row.id, title: body.title, status, startsAt: row.startsAt?.toISOString() ?? now.toISOString(), durationMinutes: body.durationMinutes, answerBy: typeof field(row, 'answerBy') === 'string' ? String(field(row, 'answerBy')) : null, closedAt: row.closedAt?.toISOString() ?? null,
      scope: body.isAll ? 'all releases' : named.length === 0 ? formatPlural(body.releaseIds.length, 'release') : `${named.join(', ')}${named.length < body.releaseIds.length ? `, ${body.releaseIds.length - named.length} ended` : ''}`,
      summary: status === 'closed' ? summary(body) : '', lines: isComing ? ((await checkInView(actor, row.id, now))?.topics.length ?? null) : null,
    }
  }
  const comingLines = await Promise.all(coming.map(line))
  return {
    coming: comingLines, past: await Promise.all(past.map(line)),
    releases: flight.map((one) => ({ id: one.id, code: one.code, modelName: typeof one.card === 'object' && one.card !== null && 'modelName' in one.card ? String(one.card.modelName) : '' })),
    teams: teams.map((team) => ({ id: team.id, name: team.name })), allowed: { plan: whyNot(actor, 'check-in.open') },
  }
}

function summary({ counts }: Body): string {
  const some = (count: number, one: string) => (count > 0 ? [formatPlural(count, one)] : [])
  return [formatPlural(counts.topics, 'topic'), ...some(counts.decisions, 'decision'), ...some(counts.actions, 'action'), ...(counts.open > 0 ? [`${counts.open} carried over`] : [])].join(' · ')
}

async function nextRow(store: Store, now: Date): Promise<CheckInRow | null> {
  const rows = await comingCheckIns(store, 20)
  const coming = rows.flatMap((row) => {
    const answerBy = field(row, 'answerBy')
    return row.startsAt === null ? [] : [{ row, status: row.state, startsAt: row.startsAt.toISOString(), answerBy: typeof answerBy === 'string' ? answerBy : null }]
  })
  return nextOf(coming, now.getTime())?.row ?? null
}

/** When the next check-in is, or that it is held now, for the frame. */
export async function nextCheckInNote(store: Store, now: Date): Promise<ShellView['notes'][string] | null> {
  const row = await nextRow(store, now)
  if (!row?.startsAt) return null
  return row.state === 'running' ? 'now' : { at: row.startsAt.toISOString() }
}

/** The next check-in with the number of lines that its page shows, for the board. */
export async function nextCheckIn(store: Store, actor: Actor, now: Date): Promise<BoardView['nextCheckIn']> {
  const row = await nextRow(store, now)
  const view = row && (await checkInView(actor, row.id, now))
  return view ? { id: view.id, name: view.title, at: view.startsAt, isRunning: view.status === 'running', lines: view.topics.length } : null
}
