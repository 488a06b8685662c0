/** Reads what waits on a person: their items, sign-offs that they may give, actions, mentions; and what waits on their teams. */
import 'server-only'
import { loadAggregates, revealSeals } from '@/db/aggregate'
import { briefsInFlight, mentionsOf, openActions } from '@/db/release-list'
import type { PersonActor } from '@/lib/domain/actor'
import { durationWords } from '@/lib/domain/release/sentence'
import type { GateStanding } from '@/lib/domain/release/gate-standing'
import { readRelease } from '@/lib/domain/release/phase'
import type { ReleaseState } from '@/lib/domain/release/state'
import type { WorkLine, WorkView } from '@/lib/domain/release/work'
import { isFreeText, wordsOf } from '@/lib/domain/text'
import { rawStore } from '@/lib/server/raw-store'
import { loadTeams } from '@/lib/server/view/people'

interface ActionBody {
  readonly id: string
  readonly title: string
  readonly code: string
  readonly modelName: string
  readonly source: string
}

function bodyOf(body: unknown, reveal: (hash: string) => string | null | undefined): ActionBody | null {
  if (typeof body !== 'object' || body === null || !('code' in body) || !('title' in body) || !('id' in body)) return null
  return {
    id: String(body.id), code: String(body.code), title: isFreeText(body.title) ? wordsOf(body.title, reveal) : '',
    modelName: 'modelName' in body ? String(body.modelName) : '', source: 'source' in body ? String(body.source) : '',
  }
}

function sealIn(value: unknown, key: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const found = Object.entries(value).find(([name]) => name === key)?.[1]
  return isFreeText(found) && 'sealed' in found ? [found.sealed] : []
}

/** Where live versions are shown, by their ids. */
async function placesOf(store: Awaited<ReturnType<typeof rawStore>>, liveIds: readonly string[]): Promise<ReadonlyMap<string, { readonly href: string; readonly name: string }>> {
  if (liveIds.length === 0) return new Map()
  const parts = [...new Set(liveIds)].map((id) => ({ id, modelId: id.split(':')[0] ?? '', environmentId: id.split(':')[1] ?? '' }))
  const [models, environments] = await Promise.all([loadAggregates(store, 'model', parts.map((one) => one.modelId)), loadAggregates(store, 'environment', parts.map((one) => one.environmentId))])
  return new Map(parts.flatMap(({ id, modelId, environmentId }) => {
    const [model, environment] = [models.get(modelId)?.state, environments.get(environmentId)?.state]
    return model && environment ? [[id, { href: `/live/${model.slug}/${environment.slug}`, name: model.name }] as const] : []
  }))
}

async function actionLines(store: Awaited<ReturnType<typeof rawStore>>, actor: PersonActor, now: Date): Promise<readonly { line: WorkLine; isMine: boolean }[]> {
  const rows = await openActions(store, actor.personId, actor.memberships.map((m) => m.team))
  const seals = await revealSeals(store, rows.flatMap((row) => sealIn(row.body, 'title')))
  const lives = await placesOf(store, rows.flatMap((row) => row.liveId ?? []))
  return rows.flatMap((row) => {
    const body = bodyOf(row.body, (hash) => seals.get(hash))
    if (!body) return []
    const dueAt = row.dueAt?.toISOString() ?? null
    const kept = row.releaseId !== null ? { kind: 'release' as const, ownerId: row.releaseId } : row.checkInId !== null ? { kind: 'check-in' as const, ownerId: row.checkInId } : row.liveId !== null ? { kind: 'live' as const, ownerId: row.liveId } : null
    const live = row.liveId === null ? undefined : lives.get(row.liveId)
    const line: WorkLine = {
      action: kept && { ...kept, actionId: body.id, needsNote: body.source === 'roll-back' },
      id: row.id, kind: 'action', title: body.title, href: live ? `${live.href}#actions` : row.releaseId === null && row.checkInId !== null ? `/check-ins/${row.checkInId}` : `/releases/${body.code}#actions`, code: live ? 'Live' : body.code, modelName: live?.name ?? body.modelName, team: row.team, since: null, dueAt,
      isOverdue: row.dueAt !== null && row.dueAt <= now, detail: body.source === 'condition' ? 'condition of the go' : body.source === 'check-in' ? 'agreed at a check-in' : body.source.replace('-', ' '),
    }
    return [{ line, isMine: row.ownerPersonId === actor.personId }]
  })
}

/** The page "My work". In: who. Out: own lines first, then one list per team of theirs. */
export async function workView(actor: PersonActor, now = new Date()): Promise<WorkView> {
  const store = await rawStore()
  const own = new Set(actor.memberships.map((m) => m.team))
  const [{ briefs, naming }, teams, actions, mentions] = await Promise.all([
    briefsInFlight(store, actor.personId), loadTeams(store), actionLines(store, actor, now), mentionsOf(store, actor.personId, 20),
  ])
  const relevant = briefs.filter((card) => naming.has(card.id) || card.balls.some(([on]) => own.has(on)))
  const releases = await loadAggregates(store, 'release', relevant.slice(0, 200).map((card) => card.id))
  const mine: WorkLine[] = []
  const byTeam = new Map<string, WorkLine[]>()
  for (const { state } of releases.values()) {
    const reading = readRelease(state, [], now)
    for (const standing of reading.gates) {
      const at = { code: state.code, modelName: state.modelName }
      const href = `/releases/${state.code}?gate=${standing.gate.id}`
      for (const line of standing.unsettled) {
        const item = state.items[line.itemId]
        if (item?.assigneeId === actor.personId) mine.push({ ...at, action: null, id: `${state.id} ${item.id}`, kind: 'item', title: `${item.id} ${item.title}`, href: `${href}#item-${item.id}`, team: null, since: null, dueAt: standing.state.dueAt, isOverdue: standing.state.dueAt !== null && Date.parse(standing.state.dueAt) <= now.getTime(), detail: line.reason })
      }
      for (const wait of state.waits.filter((w) => w.to === null && w.gateId === standing.gate.id && own.has(w.on))) {
        const isSign = standing.unsettled.length === 0
        const dueAt = standing.state.dueAt
        const line: WorkLine = {
          ...at, action: null, id: `${state.id} ${standing.gate.id} ${wait.on}`, kind: isSign ? 'sign-off' : 'gate', href, team: wait.on, since: wait.from, dueAt,
          isOverdue: dueAt !== null && Date.parse(dueAt) <= now.getTime(),
          title: isSign ? `Sign off ${standing.gate.number} ${standing.gate.name}` : `${standing.gate.number} ${standing.gate.name}`,
          detail: isSign ? 'every item is settled' : openWords(state, standing),
        }
        byTeam.set(wait.on, [...(byTeam.get(wait.on) ?? []), line])
      }
    }
  }
  const texts = await revealSeals(store, mentions.flatMap((m) => sealIn(m.body, 'text')))
  for (const mention of mentions) {
    const { body } = mention
    if (typeof body !== 'object' || body === null || !('code' in body) || !('text' in body)) continue
    const gateId = 'gateId' in body && typeof body.gateId === 'string' ? `?gate=${body.gateId}` : ''
    mine.push({ action: null, id: mention.id, kind: 'mention', title: isFreeText(body.text) ? wordsOf(body.text, (hash) => texts.get(hash)) : '', href: `/releases/${String(body.code)}${gateId}`, code: String(body.code), modelName: '', team: null, since: mention.at.toISOString(), dueAt: null, isOverdue: false, detail: 'you were mentioned' })
  }
  for (const { line, isMine } of actions) {
    if (isMine) mine.push(line)
    else if (line.team) byTeam.set(line.team, [...(byTeam.get(line.team) ?? []), line])
  }
  const order = (a: WorkLine, b: WorkLine) => Number(b.isOverdue) - Number(a.isOverdue) || (a.dueAt ?? a.since ?? '9').localeCompare(b.dueAt ?? b.since ?? '9')
  const lists = teams.filter((team) => own.has(team.id)).map((team) => ({ team: team.id, name: team.name, lines: (byTeam.get(team.id) ?? []).toSorted(order) }))
  const waiting = lists.reduce((sum, list) => sum + list.lines.length, 0)
  const oldest = lists.flatMap((list) => list.lines.flatMap((line) => line.since ?? [])).toSorted()[0]
  return {
    sentence: mine.length + waiting === 0 ? [{ text: 'Nothing waits for you.', tone: 'strong' }] : [
      { text: mine.length === 0 ? 'Nothing waits for you alone' : mine.length === 1 ? '1 thing waits for you' : `${mine.length} things wait for you`, tone: 'strong' }, { text: `, ${waiting} for your ${lists.length === 1 ? 'team' : 'teams'}` },
      { text: oldest ? `; the oldest for ${durationWords(now.getTime() - Date.parse(oldest))}.` : '.' },
    ],
    mine: mine.toSorted(order), teams: lists, asOf: now.toISOString(),
  }
}

/** What is open in a gate, the first three by their short names. */
function openWords(state: ReleaseState, { gate, unsettled }: GateStanding): string {
  const named = unsettled.slice(0, 3).map(({ itemId }) => gate.items.find((line) => line.id === itemId)?.inShort ?? state.items[itemId]?.title ?? itemId)
  return `${named.join(', ')}${unsettled.length > 3 ? ` and ${unsettled.length - 3} more` : ''}`
}
