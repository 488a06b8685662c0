/** Reads live versions for screens and the API: how each stands, its watch, turns, reviews and daily record, and why the reader may not act. */
import 'server-only'
import { loadAggregate, loadAggregates, revealTexts } from '@/db/aggregate'
import { daysOf } from '@/db/live-day'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import { dayOf, recordOf, type DayCount } from '@/lib/domain/live/day'
import { linesOf } from '@/lib/domain/live/lines'
import { liveStanding } from '@/lib/domain/live/standing'
import type { LiveState } from '@/lib/domain/live/state'
import type { LiveListView, LiveRow } from '@/lib/domain/live/view'
import { openProposals } from '@/lib/domain/release/roll-back-proposal'
import type { ReleaseState } from '@/lib/domain/release/state'
import { wordsOf, type FreeText } from '@/lib/domain/text'
import { isUnmeasured, verdictWords } from '@/lib/domain/verdict/verdict'

const DAY_MS = 86_400_000

export interface Named {
  readonly modelName: string
  readonly modelSlug: string
  readonly environmentName: string
  readonly environmentSlug: string
}

/** Why it stands as it does, in one clause; empty while all is well. */
function whyOf(live: LiveState, release: ReleaseState | null): string {
  const firing = (live.alerts ?? []).filter((alert) => alert.isProposing && alert.endsAt === null).map((alert) => `alert ${alert.name}`)
  const lines = linesOf(live, release)
  const of = (isIt: (verdict: string) => boolean) => lines.filter((line) => isIt(live.watch?.items[line.itemId]?.verdict ?? 'no-data')).map((line) => line.title)
  const failing = [...firing, ...of((verdict) => verdict === 'fail')]
  if (failing.length > 0) return failing.slice(0, 2).join(', ') + (failing.length > 2 ? ` and ${failing.length - 2} more` : '')
  const blind = lines.filter((line) => isUnmeasured(live.watch?.items[line.itemId]?.verdict ?? 'no-data'))
  if (blind.length === 0) return ''
  return blind.length === lines.length ? 'nothing is measured' : `${blind.length} of ${lines.length} not measured`
}

/** One live version as a row. In: its state, the release behind it, names, its counted days, now. */
export function liveRow(live: LiveState, release: ReleaseState | null, named: Named, days: readonly DayCount[], now: Date): LiveRow {
  const stable = live.lastStable
  const lines = linesOf(live, release)
  const turn = live.watch?.turns.at(-1)
  const reviewAt = live.watch?.reviewAt ?? null
  return {
    id: live.id, ...named, href: `/live/${encodeURIComponent(named.modelSlug)}/${encodeURIComponent(named.environmentSlug)}`,
    label: stable?.label ?? null, since: stable?.since ?? null, how: stable?.how ?? null,
    release: stable?.releaseId && stable.releaseCode ? { id: stable.releaseId, code: stable.releaseCode } : null,
    standing: liveStanding(live), why: whyOf(live, release),
    items: lines.map((line) => ({ itemId: line.itemId, title: line.title, verdict: live.watch?.items[line.itemId]?.verdict ?? 'no-data' })),
    reviewAt, isReviewOverdue: reviewAt !== null && Date.parse(reviewAt) <= now.getTime(),
    lastTurn: turn ? { at: turn.at, words: `${turn.title} ${verdictWords(verdictIn(turn.verdict))}` } : null,
    proposals: openProposals(release ?? live).length,
    rollingOut: live.rollingOut === null ? null : { id: live.rollingOut.releaseId, code: live.rollingOut.code },
    record: recordOf(days, now),
  }
}

function verdictIn(text: string): Parameters<typeof verdictWords>[0] {
  return text === 'pass' || text === 'fail' || text === 'inconclusive' || text === 'idle' || text === 'error' ? text : 'no-data'
}

/** The releases behind the watches of these live versions, by live id. */
export async function releasesBehind(store: Store, lives: readonly LiveState[]): Promise<ReadonlyMap<string, ReleaseState>> {
  const ids = [...new Set(lives.flatMap((live) => live.watch?.releaseId ?? []))]
  const releases = await loadAggregates(store, 'release', ids)
  return new Map(lives.flatMap((live) => {
    const release = live.watch?.releaseId ? releases.get(live.watch.releaseId) : undefined
    return release ? [[live.id, release.state] as const] : []
  }))
}

const RANK = { 'at-risk': 0, unmeasured: 1, unwatched: 2, steady: 3, 'nothing-live': 4 } as const

/** Everything that is live, what needs eyes first. */
export async function liveList(store: Store, actor: Actor, now = new Date()): Promise<LiveListView> {
  const [loaded, models, environments] = await Promise.all([loadAggregates(store, 'live', 'all'), loadAggregates(store, 'model', 'all'), loadAggregates(store, 'environment', 'all')])
  const covers = (modelId: string) => actor.kind !== 'token' || actor.modelIds.length === 0 || actor.modelIds.includes(modelId)
  const lives = [...loaded.values()].map(({ state }) => state).filter((live) => covers(live.modelId) && models.get(live.modelId)?.state.archivedAt === null && (live.lastStable !== null || live.rollingOut !== null))
  const [behind, days] = await Promise.all([releasesBehind(store, lives), daysOf(store, lives.map((live) => live.id), dayOf(now.getTime() - 90 * DAY_MS))])
  const rows = lives.map((live) => liveRow(live, behind.get(live.id) ?? null, nameOf(live, models.get(live.modelId)?.state, environments.get(live.environmentId)?.state), days.get(live.id) ?? [], now))
  const order = (a: LiveRow, b: LiveRow) => RANK[a.standing] - RANK[b.standing] || Number(b.isReviewOverdue) - Number(a.isReviewOverdue) || a.modelName.localeCompare(b.modelName, 'en') || a.environmentName.localeCompare(b.environmentName, 'en')
  return { rows: rows.toSorted(order), asOf: now.toISOString() }
}

/** The names under which a live version is shown and addressed. */
export function nameOf(live: LiveState, model: { readonly name: string; readonly slug: string } | undefined, environment: { readonly name: string; readonly slug: string } | undefined): Named {
  return { modelName: model?.name ?? 'an archived model', modelSlug: model?.slug ?? live.modelId, environmentName: environment?.name ?? 'an archived environment', environmentSlug: environment?.slug ?? live.environmentId }
}

/** How words of some owners are said. */
export async function wordsFrom(store: Store, ownerIds: readonly string[]): Promise<(text: FreeText | null) => string> {
  const found = await revealTexts(store, ownerIds)
  return (text) => (text === null ? '' : wordsOf(text, (hash) => found.get(hash)))
}

/** A live version with the release behind it, or null. */
export async function loadLive(store: Store, id: string): Promise<{ readonly live: LiveState; readonly version: number; readonly release: ReleaseState | null } | null> {
  const loaded = await loadAggregate(store, 'live', id)
  if (!loaded) return null
  const releaseId = loaded.state.watch?.releaseId ?? null
  const release = releaseId === null ? null : await loadAggregate(store, 'release', releaseId)
  return { live: loaded.state, version: loaded.version, release: release?.state ?? null }
}
