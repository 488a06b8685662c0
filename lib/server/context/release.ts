/** What decisions on a release rest on: itself, what is live there, other releases there, people, teams, policy, and what the command names. */
import 'server-only'
import { loadAggregate, loadAggregates, revealTexts } from '@/db/aggregate'
import { nextCode, nextDecision, openReleaseIds } from '@/db/release-list'
import type { Store } from '@/db/store'
import { storedFile } from '@/db/stored-file'
import type { EnvironmentState } from '@/lib/domain/environment/state'
import { ORCHESTRATOR_NAMES } from '@/lib/domain/environment/state'
import { DEFAULT_SEPARATION } from '@/lib/domain/installation/state'
import { releaseSteps } from '@/lib/domain/message/release-step'
import type { Listener } from '@/lib/domain/message/compose'
import type { ModelState, ModelVersion } from '@/lib/domain/model/state'
import { releaseCommand, type ReleaseCommand } from '@/lib/domain/release/commands'
import { decideRelease } from '@/lib/domain/release/decide'
import type { ReleaseWorld, WorldEnvironment, WorldVersion } from '@/lib/domain/release/world'
import { wordsOf } from '@/lib/domain/text'
import { freezesReadings, loadReadings } from '@/lib/server/context/readings'
import { defineContext, type Seen } from '@/lib/server/context/registration'
import { releaseDrafts } from '@/lib/server/notify/draft'
import { loadListeners } from '@/lib/server/notify/listeners'
import { loadInstallation, loadPeople } from '@/lib/server/view/people'

interface Loaded {
  readonly world: ReleaseWorld
  readonly listeners: readonly Listener[]
  readonly words: ReadonlyMap<string, string | null>
}

function behaviourWords({ behaviour }: ModelVersion): string {
  const named = [
    ['prompt', behaviour.prompt], ['tools', behaviour.tools], ['index', behaviour.index], ['guard-rails', behaviour.guardRails], ['provider', behaviour.providerVersion],
  ] as const
  return named.flatMap(([name, value]) => (value ? [`${name} ${value}`] : [])).join(' · ')
}

/** A version as releases judge it: its pinned identity, and words for the other parts. */
export function worldVersion(version: ModelVersion): WorldVersion {
  return {
    id: version.id, label: version.label, registeredBy: version.registeredBy, artefact: version.artefact.digest ?? version.artefact.raw,
    code: version.codeCommit ?? '', data: version.data?.raw ?? '', behaviour: behaviourWords(version),
  }
}

async function worldEnvironment(store: Store, id: string | null): Promise<{ readonly world: WorldEnvironment | null; readonly seen: Seen | null }> {
  const loaded = id === null ? null : await loadAggregate(store, 'environment', id)
  if (!loaded || id === null) return { world: null, seen: null }
  const state: EnvironmentState = loaded.state
  const texts = await revealTexts(store, [id])
  return {
    seen: { kind: 'environment', id, version: loaded.version },
    world: {
      id: state.id, name: state.name, orchestrator: ORCHESTRATOR_NAMES[state.orchestrator], isArchived: state.archivedAt !== null,
      freezes: state.freezes.filter((f) => f.ended === null).map((f) => ({ id: f.id, from: f.from, to: f.to, zone: f.zone, reason: wordsOf(f.reason, (hash) => texts.get(hash)) })),
    },
  }
}

/** Of a stored file only what evidence says of it: its name and who brought it stay beside the record. */
async function factsOfFile(store: Store, hash: string): Promise<ReleaseWorld['storedFile']> {
  const row = await storedFile(store, hash)
  return row && { hash: row.hash, size: row.size, mediaType: row.mediaType }
}

function versionNamed(command: ReleaseCommand | null): string | null {
  return command?.type === 'open-release' || command?.type === 'replace-candidate' ? command.versionId : null
}

/** Loads the world of a release. In: its id, and the command where one is to be decided (it names versions, templates and ancestors). */
export async function loadReleaseWorld(store: Store, id: string, command: ReleaseCommand | null): Promise<{ readonly world: ReleaseWorld; readonly versions: readonly Seen[]; readonly version: number }> {
  const own = await loadAggregate(store, 'release', id)
  const release = own?.state ?? null
  const opening = command?.type === 'open-release' ? command : null
  const modelId = release?.modelId ?? opening?.modelId ?? ''
  const environmentId = release?.environmentId ?? opening?.environmentId ?? ''
  const liveId = `${modelId}:${environmentId}`
  const hash = command?.type === 'add-evidence' && 'hash' in command.evidence ? command.evidence.hash : null
  const templateId = opening?.templateId ?? (command?.type === 'adopt-template' ? (release?.template.id ?? null) : null)
  const [installation, people, live, siblingIds, model, environment, staging, template, ancestor] = await Promise.all([
    loadInstallation(store), loadPeople(store), loadAggregate(store, 'live', liveId), openReleaseIds(store, modelId, environmentId),
    loadAggregate(store, 'model', modelId), worldEnvironment(store, environmentId), worldEnvironment(store, opening?.stagingEnvironmentId ?? null),
    templateId ? loadAggregate(store, 'template', templateId) : null, command?.type === 'inherit-gate' ? loadAggregate(store, 'release', command.fromReleaseId) : null,
  ])
  const siblings = await loadAggregates(store, 'release', siblingIds.filter((sibling) => sibling !== id))
  const modelState: ModelState | null = model?.state ?? null
  const named = versionNamed(command)
  const stableVersion = modelState?.versions.find((one) => one.id === release?.lastStable?.versionId)
  const version = modelState?.versions.find((one) => one.id === named && one.withdrawn === null)
  const revision = command?.type === 'adopt-template' ? template?.state.revisions.find((r) => r.content.revision === command.revision) : template?.state.revisions.at(-1)
  const world: ReleaseWorld = {
    id, release, live: live?.state ?? null, siblings: [...siblings.values()].map((loaded) => loaded.state),
    people: [...people.values()].filter((p) => p.state.archivedAt === null).map((p) => ({ id: p.id, name: p.name, memberships: p.state.memberships })),
    teams: (installation?.state.teams ?? []).filter((t) => t.archivedAt === null).map(({ id: team, name }) => ({ id: team, name })),
    separation: installation?.state.separation ?? DEFAULT_SEPARATION, environment: environment.world, staging: staging.world,
    model: modelState && { id: modelState.id, name: modelState.name, isArchived: modelState.archivedAt !== null }, version: version ? worldVersion(version) : null, stableVersion: stableVersion ? worldVersion(stableVersion) : null,
    template: template && template.state.archivedAt === null ? (revision?.content ?? null) : null, ancestor: ancestor?.state ?? null,
    storedFile: hash === null ? null : await factsOfFile(store, hash),
    nextCode: opening && modelState ? await nextCode(store, modelState.codePrefix) : '', nextDecision: command ? await nextDecision(store) : 0,
    ...(command && release && freezesReadings(command) ? { readings: await loadReadings(store, release) } : {}),
  }
  const versions: Seen[] = [{ kind: 'release', id, version: own?.version ?? 0 }]
  // What moves together with the release is guarded; people and policy are read as they are now, like every role.
  // After stable whatever happens on the release looks at its watch for what follows.
  if (command && (touchesLive(command) || release?.stableAt)) versions.push({ kind: 'live', id: liveId, version: live?.version ?? 0 })
  if (command && touchesLive(command)) {
    // A freeze that is declared at the same moment is seen, or the step is decided again.
    if ((command.type === 'start-rollout' || command.type === 'advance') && environment.seen) versions.push(environment.seen)
    // An opening asks only whether a sibling takes the same version; what else happens on siblings must not make it lose (its code is taken once).
    if (!opening) for (const [sibling, loaded] of siblings) versions.push({ kind: 'release', id: sibling, version: loaded.version })
  }
  return { world, versions, version: own?.version ?? 0 }
}

/** Commands that may start, move or end traffic, or make it stable: they write what is live, or must see it unchanged. */
function touchesLive(command: ReleaseCommand): boolean {
  switch (command.type) {
    case 'start-rollout': case 'advance': case 'confirm-live': case 'acknowledge': case 'observe': case 'stand-down': case 'roll-back': case 'confirm-rolled-back':
    case 'sign-off': case 'break-glass': case 'settle': case 'record-verdict': case 'tick': case 'record-value': case 'add-evidence': case 'approve-waiver':
    case 'counter-sign-not-applicable': case 'override-rejection': case 'withdraw-rejection': case 'end-soak': case 'complete-action': case 'drop-action': case 'open-release': case 'confirm-change': case 'change-item': case 'change-metric':
    case 'adopt-separation': case 'change-risk': case 'withdraw-not-applicable': case 'decide': case 'change': case 'resume':
    case 'record-alert': case 'dismiss-proposal':
      return true
    default: return false
  }
}

export const releaseContext = defineContext<ReleaseCommand, Loaded>({
  schema: releaseCommand,
  async load(store, id, command) {
    const { world, versions } = await loadReleaseWorld(store, id, command)
    const [listeners, words] = await Promise.all([loadListeners(store), revealTexts(store, [id])])
    return { context: { world, listeners, words }, versions }
  },
  decide: ({ world }, command, actor, now) => decideRelease(world, command, actor, now),
  notify: (changes, { world, listeners, words }, actor, now) =>
    releaseSteps(world, changes, actor.name, words, now).flatMap((step) => releaseDrafts(step, listeners)),
  answer: (changes, { world }) => ({ code: world.release?.code ?? world.nextCode, kinds: changes.map((change) => change.kind) }),
})
