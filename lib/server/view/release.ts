/** Reads one release for a screen or the API: loads its world, reveals its words, and builds the view for who looks. */
import 'server-only'
import { loadAggregate, revealTexts } from '@/db/aggregate'
import { entriesOf } from '@/db/changes'
import { releaseIdOf } from '@/db/release-list'
import type { Store } from '@/db/store'
import type { ReleaseState } from '@/lib/domain/release/state'
import type { ReleaseWorld } from '@/lib/domain/release/world'
import { rawStore } from '@/lib/server/raw-store'
import type { Actor } from '@/lib/domain/actor'
import { eventWords } from '@/lib/domain/release/event-words'
import { nextStepBlockers } from '@/lib/domain/release/probes'
import { rulingOn } from '@/lib/domain/release/ruling'
import type { ReleaseView, TimelineEntry } from '@/lib/domain/release/view'
import { buildReleaseView } from '@/lib/domain/release/view-build'
import { loadReleaseWorld } from '@/lib/server/context/release'
import { loadNames, loadTeams } from '@/lib/server/view/people'

/** The release by code or id as the actor may see it, or null. Everybody signed in may look; what they may do is in `can`. */
export async function releaseView(actor: Actor, codeOrId: string, now = new Date()): Promise<ReleaseView | null> {
  const store = await rawStore()
  const id = await releaseIdOf(store, codeOrId)
  if (!id) return null
  const { world, version } = await loadReleaseWorld(store, id, null)
  const state = world.release
  if (!state || !maySee(actor, state.modelId)) return null
  const [words, names, teams, template, stable] = await Promise.all([
    revealTexts(store, [id]), loadNames(store), loadTeams(store), loadAggregate(store, 'template', state.template.id), stableRelease(store, world),
  ])
  return buildReleaseView({
    world, state, version, actor, now, names, reveal: (hash) => words.get(hash) ?? stable?.words.get(hash), stable: { version: world.stableVersion, release: stable?.state ?? null }, teams: teams.map(({ id: team, name, shape, workingHours }) => ({ id: team, name, shape, workingHours })),
    newestRevision: template?.state.revisions.at(-1)?.content.revision ?? null,
  })
}

/** The release that made the last stable version stable, with its words; `null` when it was adopted. */
async function stableRelease(store: Store, world: ReleaseWorld): Promise<{ readonly state: ReleaseState; readonly words: ReadonlyMap<string, string | null> } | null> {
  const versionId = world.release?.lastStable?.versionId
  const id = world.live?.history.findLast((one) => one.versionId === versionId && one.releaseId !== null)?.releaseId
  if (!id || id === world.id) return null
  const [loaded, words] = await Promise.all([loadAggregate(store, 'release', id), revealTexts(store, [id])])
  return loaded && { state: loaded.state, words }
}

function maySee(actor: Actor, modelId: string): boolean {
  return actor.kind !== 'token' || actor.modelIds.length === 0 || actor.modelIds.includes(modelId)
}

export interface MayProceed {
  readonly release: string
  readonly mayProceed: boolean
  /** The step that is asked about: index, and its share in percent. */
  readonly step: { readonly index: number; readonly share: number } | null
  readonly blockers: readonly { readonly code: string; readonly message: string; readonly gateId?: string | undefined; readonly itemId?: string | undefined }[]
  /** What may be deployed: the candidate's pinned identity; on a roll-back the version to return to. */
  readonly digest: string | null
  readonly phase: string
}

/** Whether a pipeline may deploy a step. In: the step's index; absent: the next one. A step that was asked for by ops is a yes until it is superseded. */
export async function mayProceed(actor: Actor, codeOrId: string, asked: number | null, now = new Date()): Promise<MayProceed | null> {
  const store = await rawStore()
  const id = await releaseIdOf(store, codeOrId)
  if (!id) return null
  const { world } = await loadReleaseWorld(store, id, null)
  const state = world.release
  if (!state || !maySee(actor, state.modelId)) return null
  const ruling = rulingOn(world, state, actor, now)
  const current = state.rollout?.stepIndex ?? -1
  const index = asked ?? (state.rollout ? current : 0)
  const step = state.steps[index]
  const base = { release: state.code, step: step ? { index, share: step.share } : null, phase: ruling.reading.phase, digest: state.candidate.artefact }
  const no = (code: string, message: string): MayProceed => ({ ...base, mayProceed: false, digest: null, blockers: [{ code, message }] })
  if (!step) return no('no-such-step', `There is no step ${index}; the release has ${state.steps.length}.`)
  if (state.end) return no('ended', `The release is ${state.end.kind}.`)
  if (state.rollBack) return { ...base, mayProceed: false, digest: state.rollBack.to?.artefact ?? null, blockers: [{ code: 'rolling-back', message: `Roll back to ${state.rollBack.to?.label ?? 'nothing'}.` }] }
  if (state.rollout?.standingDown) return no('standing-down', 'The release is standing down; take its traffic to 0 %.')
  if (state.rollout && index <= current) {
    const stop = ruling.reading.isHalted || state.hold !== null
    return stop && !state.rollout.stepLiveAt ? { ...base, mayProceed: false, digest: null, blockers: nextStepBlockers(ruling) } : { ...base, mayProceed: true, blockers: [] }
  }
  const blockers = nextStepBlockers(ruling)
  const waits = state.rollout ? { code: 'not-asked', message: 'Ops has not taken the next step yet.' } : { code: 'not-started', message: 'Ops has not started the rollout yet.' }
  return { ...base, mayProceed: false, digest: null, blockers: blockers.length > 0 ? blockers : [waits] }
}

/** What happened, newest first, one page. In: the sequence to page from. */
export async function releaseTimeline(codeOrId: string, before: number | undefined, most = 100): Promise<readonly TimelineEntry[] | null> {
  const store = await rawStore()
  const id = await releaseIdOf(store, codeOrId)
  if (!id) return null
  const [entries, words, names, loaded] = await Promise.all([entriesOf(store, 'release', id, most, before), revealTexts(store, [id]), loadNames(store), loadAggregate(store, 'release', id)])
  if (!loaded) return null
  return entries.map((entry) => {
    const told = eventWords(entry.body, loaded.state, (hash) => words.get(hash), (person) => names.get(person) ?? 'Gatehouse')
    return { seq: entry.seq, at: entry.at.toISOString(), type: entry.type, hash: entry.hash, ...told }
  })
}
