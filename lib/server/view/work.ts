/** Reads what waits for a person and their teams, from releases, actions, mentions and decisions, grouped by what there is to do. */
import 'server-only'
import { loadAggregates } from '@/db/aggregate'
import { briefsInFlight } from '@/db/release-list'
import { mentionsSince, openAsks } from '@/db/work-list'
import type { PersonActor } from '@/lib/domain/actor'
import type { WorkingHours } from '@/lib/domain/working-time'
import { durationWords, type SentencePart } from '@/lib/domain/release/sentence'
import { readRelease } from '@/lib/domain/release/phase'
import type { DigestInput } from '@/lib/domain/work/digest'
import { groupsOf, waitingCount } from '@/lib/domain/work/groups'
import { releaseLines } from '@/lib/domain/work/release-lines'
import type { DigestChange, WorkGroup, WorkLine, WorkView } from '@/lib/domain/work/view'
import { rawStore } from '@/lib/server/raw-store'
import { changesFor } from '@/lib/server/view/work-changes'
import { actionLines, askLines, confirmLines, mentionLines } from '@/lib/server/view/work-lines'
import { loadInstallation, loadNames, loadPeople, loadTeams } from '@/lib/server/view/people'
import { workingTeams } from '@/lib/domain/installation/state'

/** States that one page reads; who has more on their hands sees the rest on the board. */
const MOST_RELEASES = 200
/** How long a mention waits for an answer. */
const MENTION_DAYS = 14
const DAY = 86_400_000

interface Waiting {
  readonly lines: readonly WorkLine[]
  readonly changes: readonly DigestChange[]
}

/** Everything that waits for a person, and what changed on it since an instant. */
async function waitingFor(actor: PersonActor, now: Date, since: Date): Promise<Waiting> {
  const store = await rawStore()
  const own = new Set(actor.memberships.map((one) => one.team))
  const [{ briefs, naming }, installation, asks, names, mentions] = await Promise.all([
    briefsInFlight(store, actor.personId), loadInstallation(store), openAsks(store), loadNames(store), mentionsSince(store, actor.personId, new Date(now.getTime() - MENTION_DAYS * DAY)),
  ])
  const teams = installation ? workingTeams(installation.state) : []
  const hours = new Map(teams.map((team) => [team.id, team.workingHours]))
  const hoursOf = (team: string | null): WorkingHours | null => (team === null ? null : (hours.get(team) ?? null))
  const relevant = briefs.filter((card) => naming.has(card.id) || card.balls.some(([on]) => own.has(on)))
  const ids = new Set([...relevant.slice(0, MOST_RELEASES).map((card) => card.id), ...mentions.flatMap((one) => one.releaseId ?? [])])
  const releases = await loadAggregates(store, 'release', [...ids])
  const states = [...releases.values()].map((one) => one.state)
  const asked = new Set(relevant.map((card) => card.id))
  const [actions, confirms, answers, changes] = await Promise.all([
    actionLines(store, actor, hoursOf, (id) => names.get(id) ?? 'someone', now), confirmLines(store, actor, now), mentionLines(store, actor, mentions, releases), changesFor(store, actor, states, since),
  ])
  return {
    lines: [...states.filter((state) => asked.has(state.id)).flatMap((state) => releaseLines(state, readRelease(state, [], now), actor, hoursOf, now)), ...askLines(asks, actor, teams.length, now), ...actions, ...confirms, ...answers],
    changes,
  }
}

function sentenceFor(groups: readonly WorkGroup[], now: Date): readonly SentencePart[] {
  const count = waitingCount(groups)
  if (count === 0) return [{ text: 'Nothing waits for you.', tone: 'strong' }]
  const lines = groups.filter((group) => group.key !== 'snoozed').flatMap((group) => group.lines)
  const mine = lines.filter((line) => line.isMine).length
  const oldest = lines.flatMap((line) => line.since ?? []).toSorted()[0]
  return [
    { text: mine === 0 ? 'Nothing waits for you alone' : mine === 1 ? '1 thing waits for you' : `${mine} things wait for you`, tone: 'strong' }, { text: `, ${count - mine} for your teams` },
    { text: oldest ? `; the oldest for ${durationWords(now.getTime() - Date.parse(oldest))}.` : '.' },
  ]
}

/** The page "My work". In: who looks. Out: every line in exactly one group, and what changed since yesterday. */
export async function workView(actor: PersonActor, now = new Date()): Promise<WorkView> {
  const store = await rawStore()
  const since = new Date(now.getTime() - DAY)
  const [{ lines, changes }, teams, people] = await Promise.all([waitingFor(actor, now, since), loadTeams(store), loadPeople(store)])
  const groups = groupsOf(lines)
  return {
    sentence: sentenceFor(groups, now), total: waitingCount(groups), groups, changes, changesSince: since.toISOString(), asOf: now.toISOString(),
    teams: teams.filter((team) => actor.memberships.some((one) => one.team === team.id)).map((team) => ({ team: team.id, name: team.name })),
    allTeams: teams.map(({ id, name }) => ({ id, name })),
    people: [...people.values()].filter((one) => one.state.archivedAt === null).map((one) => ({ id: one.state.id, name: one.name })),
  }
}

/** What a digest of this person is made from. In: since when changes are told. Give it to `digestOf`. */
export async function digestInput(actor: PersonActor, since: Date, now = new Date()): Promise<DigestInput> {
  return { name: actor.name, since: since.toISOString(), now: now.toISOString(), ...(await waitingFor(actor, now, since)) }
}
