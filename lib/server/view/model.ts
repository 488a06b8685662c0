/** Reads models for screens and the API: words revealed, live versions beside them, and for each action why the reader may not take it. */
import 'server-only'
import { loadAggregate, loadAggregates, revealTexts } from '@/db/aggregate'
import { modelIdOf, releasesOf } from '@/db/scene'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import { safeHref } from '@/lib/domain/document/address'
import { DOCUMENT_KIND_NAMES, providerOf } from '@/lib/domain/document/document'
import type { EnvironmentState } from '@/lib/domain/environment/state'
import type { LiveState } from '@/lib/domain/live/state'
import type { ModelDocument, ModelState, ModelVersion } from '@/lib/domain/model/state'
import type { DocumentView, LiveVersionView, ModelsView, ModelView, VersionView } from '@/lib/domain/model/view'
import { parseReference } from '@/lib/domain/reference/parse-reference'
import { wordsOf, type FreeText } from '@/lib/domain/text'
import { loadNames, loadTeams, whyNot } from '@/lib/server/view/people'

type Words = (text: FreeText | null) => string

async function wordsFor(store: Store, ids: readonly string[]): Promise<Words> {
  const found = await revealTexts(store, ids)
  return (text) => (text === null ? '' : wordsOf(text, (hash) => found.get(hash)))
}

/** The list of models with what is live of each; archived ones last. */
export async function viewModels(store: Store, actor: Actor): Promise<ModelsView> {
  const [models, environments, lives, teams] = await Promise.all([
    loadAggregates(store, 'model', 'all'), loadAggregates(store, 'environment', 'all'), loadAggregates(store, 'live', 'all'), loadTeams(store),
  ])
  const words = await wordsFor(store, [...models.keys()])
  const items = await Promise.all([...models.values()].map(async ({ state }) => {
    const newest = state.versions.at(-1)
    const open = await releasesOf(store, state.id, true)
    return {
      id: state.id, slug: state.slug, name: state.name, purpose: words(state.purpose), ownerTeam: state.ownerTeam, codePrefix: state.codePrefix,
      isArchived: state.archivedAt !== null, versionCount: state.versions.length,
      newestVersion: newest ? { label: newest.label, registeredAt: newest.registeredAt } : null,
      live: [...lives.values()].filter((live) => live.state.modelId === state.id).flatMap(({ state: live }) =>
        live.lastStable ? [{ environmentName: environments.get(live.environmentId)?.state.name ?? live.environmentId, label: live.lastStable.label, isAtRisk: live.watch?.isAtRisk ?? false }] : []),
      openReleases: open.map(({ releaseId, code }) => ({ releaseId, code })),
    }
  }))
  return {
    models: items.toSorted((a, b) => Number(a.isArchived) - Number(b.isArchived) || a.name.localeCompare(b.name, 'en')),
    teams: teams.map(({ id, name, shape }) => ({ id, name, shape })),
    allowed: { register: whyNot(actor, 'model.register') },
  }
}

/** One model by slug or id, or null. */
export async function viewModel(store: Store, actor: Actor, slugOrId: string): Promise<ModelView | null> {
  const loaded = await loadAggregate(store, 'model', (await modelIdOf(store, slugOrId)) ?? slugOrId)
  if (!loaded) return null
  const { state, version } = loaded
  const [environments, names, teams, releases] = await Promise.all([
    loadAggregates(store, 'environment', 'all'), loadNames(store), loadTeams(store), releasesOf(store, state.id, false),
  ])
  const liveIds = [...environments.keys()].map((environmentId) => `${state.id}:${environmentId}`)
  const lives = await loadAggregates(store, 'live', liveIds)
  const words = await wordsFor(store, [state.id, ...lives.keys(), ...releases.map((release) => release.releaseId)])
  const environmentName = (id: string) => environments.get(id)?.state.name ?? 'an archived environment'
  const live = [...lives.values()].map((one) => liveView(one.state, environments.get(one.state.environmentId)?.state, words))
  const about = { modelId: state.id, teams: [state.ownerTeam] }
  const closed = state.archivedAt === null ? null : `${state.name} is archived. Restore it first.`
  return {
    id: state.id, version, slug: state.slug, name: state.name, purpose: words(state.purpose), ownerTeam: state.ownerTeam, codePrefix: state.codePrefix,
    isArchived: state.archivedAt !== null, registeredAt: state.registeredAt, registeredByName: names.get(state.registeredBy) ?? state.registeredBy,
    versions: state.versions.map((one) => versionView(one, state, live, actor, words, names)).toReversed(),
    documents: state.documents.map((one) => documentView(one, state, actor, words, names)).toReversed(),
    live: live.toSorted((a, b) => a.environmentName.localeCompare(b.environmentName, 'en')),
    environments: [...environments.values()].filter((one) => one.state.archivedAt === null).map((one) => ({ id: one.state.id, name: one.state.name })).toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    releases: releases.map((one) => ({
      releaseId: one.releaseId, code: one.code, environmentName: environmentName(one.environmentId), phase: one.phase, isInFlight: one.isInFlight, openedAt: one.openedAt.toISOString(),
    })),
    teams: teams.map(({ id, name, shape }) => ({ id, name, shape })),
    allowed: {
      edit: closed ?? whyNot(actor, 'model.change', about),
      addVersion: closed ?? whyNot(actor, 'model.register-version', about),
      archive: whyNot(actor, 'model.archive', about),
      restore: whyNot(actor, 'model.restore', about),
      attach: closed ?? whyNot(actor, 'model.attach-document', about),
      adopt: state.versions.length === 0 ? 'Register the version that is live first.' : whyNot(actor, 'live.adopt', about),
      liftHold: whyNot(actor, 'live.lift-hold', about),
      openRelease: closed ?? whyNot(actor, 'release.open', about),
    },
  }
}

function versionView(version: ModelVersion, model: ModelState, live: readonly LiveVersionView[], actor: Actor, words: Words, names: ReadonlyMap<string, string>): VersionView {
  const reference = parseReference(version.artefact.raw)
  const { withdrawn } = version
  return {
    id: version.id, label: version.label, artefact: version.artefact, warning: reference.warning ?? null, href: safeHref(version.artefact.raw),
    codeCommit: version.codeCommit, data: version.data === null ? null : { raw: version.data.raw, pinned: version.data.pinned }, behaviour: version.behaviour,
    registeredByName: names.get(version.registeredBy) ?? 'a pipeline', registeredAt: version.registeredAt,
    withdrawn: withdrawn === null ? null : { at: withdrawn.at, byName: names.get(withdrawn.by) ?? '', reason: words(withdrawn.reason) },
    liveIn: live.filter((one) => one.lastStable?.versionId === version.id).map((one) => one.environmentName),
    heldIn: live.filter((one) => one.held.some((held) => held.versionId === version.id && !held.isLifted)).map((one) => one.environmentName),
    allowed: {
      withdraw: withdrawn !== null ? 'It is withdrawn already.' : whyNot(actor, 'model.withdraw-version', { modelId: model.id, teams: [model.ownerTeam], named: [version.registeredBy] }),
    },
  }
}

function documentView(document: ModelDocument, model: ModelState, actor: Actor, words: Words, names: ReadonlyMap<string, string>): DocumentView {
  const href = safeHref(words(document.url))
  const memberships = actor.kind === 'person' ? actor.memberships.map((one) => one.team) : []
  return {
    id: document.id, title: words(document.title), href, kind: document.kind, kindName: DOCUMENT_KIND_NAMES[document.kind],
    providerName: href === null ? '' : providerOf(href).name, ownerTeam: document.ownerTeam, pinnedRevision: document.pinnedRevision,
    reviewedBy: document.reviewedBy.map((review) => ({ team: review.team, byName: names.get(review.by) ?? '', at: review.at })),
    byName: names.get(document.by) ?? 'a pipeline', at: document.at,
    allowed: {
      remove: whyNot(actor, 'model.detach-document', { modelId: model.id, teams: [document.ownerTeam], named: [document.by] }),
      pin: whyNot(actor, 'model.change-document', { modelId: model.id }),
      reviewFor: memberships.filter((team) => !document.reviewedBy.some((review) => review.team === team)),
    },
  }
}

function liveView(live: LiveState, environment: EnvironmentState | undefined, words: Words): LiveVersionView {
  const stable = live.lastStable
  return {
    environmentId: live.environmentId, environmentSlug: environment?.slug ?? '', environmentName: environment?.name ?? live.environmentId,
    lastStable: stable === null ? null : {
      versionId: stable.versionId, label: stable.label, since: stable.since, recordedAt: stable.recordedAt, how: stable.how, releaseId: stable.releaseId, releaseCode: stable.releaseCode,
    },
    held: live.held.map((held) => ({ versionId: held.versionId, label: held.label, at: held.at, reason: words(held.reason), isLifted: held.lifted !== null })),
    rollingOut: live.rollingOut === null ? null : { releaseId: live.rollingOut.releaseId, code: live.rollingOut.code },
    watch: live.watch === null ? null : { isAtRisk: live.watch.isAtRisk, startedAt: live.watch.startedAt, reviewAt: live.watch.reviewAt },
  }
}
