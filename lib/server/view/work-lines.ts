/** Lines of "My work" that lists know: actions wherever they are kept, what asks for a second person, decisions to look at again, mentions. */
import 'server-only'
import { loadAggregates, revealSeals, type Loaded } from '@/db/aggregate'
import type { Store } from '@/db/store'
import { actionsFor, decisionPage, type ActionRow, type mentionsSince } from '@/db/work-list'
import type { PersonActor } from '@/lib/domain/actor'
import type { ReleaseState } from '@/lib/domain/release/state'
import { isFreeText, wordsOf } from '@/lib/domain/text'
import { mayAnswer, type Ask } from '@/lib/domain/work/asks'
import { dueOn, isLate } from '@/lib/domain/work/due'
import type { ActionChanged, WorkLine } from '@/lib/domain/work/view'
import type { WorkingHours } from '@/lib/domain/working-time'
import { deciderIds, decisionLines } from '@/lib/server/view/decisions'

const DAY = 86_400_000
/** Decisions show this long before they are due, and are overdue this long after. */
const CONFIRM_AHEAD_DAYS = 7
const CONFIRM_LATE_DAYS = 7
/** Of things that no list holds more of. */
const MOST = 200

const NEVER = { dueAt: null, lateAt: null, isOverdue: false, snoozedUntil: null, snoozeReason: null, action: null } as const

const SOURCES: Readonly<Record<string, string>> = {
  condition: 'condition of the go', decision: 'follows from', 'check-in': 'agreed at a check-in', 'roll-back': 'cause of the roll-back', 'break-glass': 'review of a broken glass', watch: 'the standing watch turned', waiver: 'follows from the waiver of', rejection: 'follows from a rejection', manual: '',
}

/** What the row of an action says of it; the words are sealed. */
interface ActionBody {
  readonly id: string
  readonly title: string
  readonly code: string
  readonly modelName: string
  readonly source: string
  readonly sourceId: string
  readonly snoozedUntil: string | null
  readonly snoozeReason: string | null
  /** Newest first. */
  readonly changes: readonly ActionChanged[]
  readonly isReleased: boolean
}

type Reveal = (hash: string) => string | null | undefined

function changesIn(body: object, say: (value: unknown) => string, nameOf: (id: string) => string): readonly ActionChanged[] {
  if (!('changes' in body) || !Array.isArray(body.changes)) return []
  return body.changes.flatMap((one: unknown): readonly ActionChanged[] => {
    if (typeof one !== 'object' || one === null || !('at' in one) || !('by' in one) || !('reason' in one) || !('dueAt' in one)) return []
    return [{ at: String(one.at), by: nameOf(String(one.by)), reason: say(one.reason), dueAt: typeof one.dueAt === 'string' ? one.dueAt : null, title: 'title' in one && isFreeText(one.title) ? say(one.title) : null }]
  }).toReversed()
}

function sealsIn(value: unknown): readonly string[] {
  if (isFreeText(value)) return 'sealed' in value ? [value.sealed] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sealsIn) : []
}

function bodyOf(body: unknown, reveal: Reveal, nameOf: (id: string) => string): ActionBody | null {
  if (typeof body !== 'object' || body === null || !('code' in body) || !('title' in body) || !('id' in body)) return null
  const say = (value: unknown) => (isFreeText(value) ? wordsOf(value, reveal) : '')
  const snoozed = 'snoozed' in body && typeof body.snoozed === 'object' ? body.snoozed : null
  return {
    id: String(body.id), code: String(body.code), title: say(body.title), modelName: 'modelName' in body ? String(body.modelName) : '',
    source: 'source' in body ? String(body.source) : '', sourceId: 'sourceId' in body && typeof body.sourceId === 'string' ? body.sourceId : '',
    changes: changesIn(body, say, nameOf), isReleased: 'isReleased' in body && body.isReleased === true,
    snoozedUntil: snoozed && 'until' in snoozed ? String(snoozed.until) : null, snoozeReason: snoozed && 'reason' in snoozed ? say(snoozed.reason) : null,
  }
}

/** Where live versions are shown, by their ids. */
async function placesOf(store: Store, liveIds: readonly string[]): Promise<ReadonlyMap<string, { readonly href: string; readonly name: string }>> {
  if (liveIds.length === 0) return new Map()
  const parts = [...new Set(liveIds)].map((id) => ({ id, modelId: id.split(':')[0] ?? '', environmentId: id.split(':')[1] ?? '' }))
  const [models, environments] = await Promise.all([loadAggregates(store, 'model', parts.map((one) => one.modelId)), loadAggregates(store, 'environment', parts.map((one) => one.environmentId))])
  return new Map(parts.flatMap(({ id, modelId, environmentId }) => {
    const [model, environment] = [models.get(modelId)?.state, environments.get(environmentId)?.state]
    return model && environment ? [[id, { href: `/live/${model.slug}/${environment.slug}`, name: model.name }] as const] : []
  }))
}

function keeperOf(row: ActionRow): { readonly kind: 'release' | 'check-in' | 'live'; readonly ownerId: string } | null {
  if (row.releaseId !== null) return { kind: 'release', ownerId: row.releaseId }
  if (row.checkInId !== null) return { kind: 'check-in', ownerId: row.checkInId }
  return row.liveId === null ? null : { kind: 'live', ownerId: row.liveId }
}

/** Open actions of the person, and those of their teams that nobody owns. */
export async function actionLines(store: Store, actor: PersonActor, hoursOf: (team: string | null) => WorkingHours | null, nameOf: (id: string) => string, now: Date): Promise<readonly WorkLine[]> {
  const rows = await actionsFor(store, actor.personId, actor.memberships.map((one) => one.team))
  const [seals, lives] = await Promise.all([revealSeals(store, rows.flatMap((row) => sealsIn(row.body))), placesOf(store, rows.flatMap((row) => row.liveId ?? []))])
  return rows.flatMap((row): readonly WorkLine[] => {
    const body = bodyOf(row.body, (hash) => seals.get(hash), nameOf)
    if (!body) return []
    const kept = keeperOf(row)
    const dueAt = row.dueAt?.toISOString() ?? null
    const hours = hoursOf(row.team)
    const live = row.liveId === null ? undefined : lives.get(row.liveId)
    const isAsleep = body.snoozedUntil !== null && Date.parse(body.snoozedUntil) > now.getTime()
    const source = body.source === '' ? 'check-in' : body.source
    return [{
      id: row.id, todo: source === 'watch' ? 'answer' : 'act', kind: 'action', title: body.title,
      href: live ? `${live.href}#actions` : row.releaseId === null && row.checkInId !== null ? `/check-ins/${row.checkInId}` : `/releases/${body.code}#actions`,
      code: live ? 'Live' : body.code, modelName: live?.name ?? body.modelName, team: row.team, isMine: row.ownerPersonId === actor.personId, since: null, dueAt,
      lateAt: dueAt === null ? null : dueOn(dueAt, hours).toISOString(), isOverdue: isLate(dueAt, hours, now),
      detail: `${SOURCES[source] ?? source.replace('-', ' ')}${source === 'decision' || source === 'waiver' ? ` ${body.sourceId}` : ''}`,
      snoozedUntil: isAsleep ? body.snoozedUntil : null, snoozeReason: isAsleep ? body.snoozeReason : null,
      action: kept && { ...kept, actionId: body.id, needsNote: source === 'roll-back', source, ownerPersonId: row.ownerPersonId, team: row.team, changes: body.changes, agreedDueAt: body.changes.length > 0 ? (body.changes.at(-1)?.dueAt ?? null) : dueAt, isReleased: body.isReleased },
    }]
  })
}

/** The row was written from an ask by its projection; the compiler cannot know it. */
function isAsk(body: unknown): body is Ask & { readonly code: string; readonly modelName: string } {
  return typeof body === 'object' && body !== null && 'kind' in body && 'teams' in body && Array.isArray(body.teams) && 'about' in body && 'code' in body
}

const ASKED: Readonly<Record<Ask['kind'], readonly [string, string]>> = {
  waiver: ['Approve or end the waiver of', 'asks for an approval from outside the gate'],
  'not-applicable': ['Counter-sign that it does not apply:', 'asks for another team'],
  change: ['Agree, or decline:', 'a looser rule asks for another team'],
}

/** What other people ask for that this one may answer. */
export function askLines(rows: readonly ActionRow[], actor: PersonActor, teamCount: number, now: Date): readonly WorkLine[] {
  return rows.flatMap(({ id, body }): readonly WorkLine[] => {
    if (!isAsk(body) || !mayAnswer(body, actor, teamCount, now)) return []
    const [verb, detail] = ASKED[body.kind]
    const href = `/releases/${body.code}${body.gateId === null ? '' : `?gate=${body.gateId}${body.itemId === null ? '' : `#item-${body.itemId}`}`}`
    return [{ ...NEVER, id, todo: 'agree', kind: body.kind, title: `${verb} ${body.kind === 'change' ? '' : `${body.itemId ?? ''} `}${body.about}`, href, code: body.code, modelName: body.modelName, team: null, isMine: false, since: body.since, detail }]
  })
}

/** Decisions of this person that somebody has to look at again, from a week before their day. */
export async function confirmLines(store: Store, actor: PersonActor, now: Date): Promise<readonly WorkLine[]> {
  const rows = await decisionPage(store, { confirmation: 'due', personId: actor.personId, dueBy: new Date(now.getTime() + CONFIRM_AHEAD_DAYS * DAY) }, MOST)
  const lines = await decisionLines(rows.filter((row) => deciderIds(row).includes(actor.personId)), now)
  return lines.map((line): WorkLine => {
    const lateAt = line.confirmAt === null ? null : new Date(Date.parse(line.confirmAt) + CONFIRM_LATE_DAYS * DAY).toISOString()
    return {
      ...NEVER, id: `decision ${line.number}`, todo: 'confirm', kind: 'decision', title: `Say whether D-${line.number} held: ${line.title}`, href: `/releases/${line.code}/decisions/${line.number}`,
      code: line.code, modelName: line.modelName, team: null, isMine: true, since: null, dueAt: line.confirmAt, lateAt, isOverdue: lateAt !== null && Date.parse(lateAt) <= now.getTime(), detail: line.how,
    }
  })
}

/** Mentions that this person has not answered by a comment at the same place. */
export async function mentionLines(store: Store, actor: PersonActor, mentions: Awaited<ReturnType<typeof mentionsSince>>, releases: ReadonlyMap<string, Loaded<ReleaseState>>): Promise<readonly WorkLine[]> {
  const texts = await revealSeals(store, mentions.flatMap((one) => sealsIn(one.body)))
  return mentions.flatMap(({ id, at, releaseId, body }): readonly WorkLine[] => {
    if (typeof body !== 'object' || body === null || !('code' in body) || !('text' in body)) return []
    const gateId = 'gateId' in body && typeof body.gateId === 'string' ? body.gateId : null
    const since = at.toISOString()
    const state = releaseId === null ? undefined : releases.get(releaseId)?.state
    if (state?.comments.some((one) => one.by === actor.personId && one.gateId === gateId && one.at > since)) return []
    return [{
      ...NEVER, id, todo: 'answer', kind: 'mention', title: isFreeText(body.text) ? wordsOf(body.text, (hash) => texts.get(hash)) : '', href: `/releases/${String(body.code)}${gateId === null ? '' : `?gate=${gateId}`}`,
      code: String(body.code), modelName: state?.modelName ?? '', team: null, isMine: true, since, detail: 'you were mentioned',
    }]
  })
}
