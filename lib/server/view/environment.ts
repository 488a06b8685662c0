/** Reads environments for screens and the API: their freezes, what is live in them, and why the reader may not act. */
import 'server-only'
import { loadAggregates, revealTexts } from '@/db/aggregate'
import { releasesOf } from '@/db/scene'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import type { EnvironmentState, Freeze } from '@/lib/domain/environment/state'
import type { EnvironmentsView, EnvironmentView, FreezeView } from '@/lib/domain/environment/view'
import { wordsOf, type FreeText } from '@/lib/domain/text'
import { loadNames, whyNot } from '@/lib/server/view/people'

const ORDER = { active: 0, coming: 1, over: 2, ended: 3 } as const

/** All environments; archived ones last. In: who looks, and the time for which freezes are told. */
export async function viewEnvironments(store: Store, actor: Actor, now: Date = new Date()): Promise<EnvironmentsView> {
  const [environments, sources, models, lives, names] = await Promise.all([
    loadAggregates(store, 'environment', 'all'), loadAggregates(store, 'source', 'all'), loadAggregates(store, 'model', 'all'), loadAggregates(store, 'live', 'all'), loadNames(store),
  ])
  const texts = await revealTexts(store, [...environments.keys(), ...sources.keys()])
  const words = (text: FreeText) => wordsOf(text, (hash) => texts.get(hash))
  const sourceName = (id: string) => { const source = sources.get(id)?.state; return source ? words(source.name) : null }
  const at = now.toISOString()
  const freezeView = (freeze: Freeze): FreezeView => ({
    id: freeze.id, from: freeze.from, to: freeze.to, zone: freeze.zone, reason: words(freeze.reason), byName: names.get(freeze.by) ?? '', standing: standingOf(freeze, at),
  })
  const viewOf = async (state: EnvironmentState, version: number): Promise<EnvironmentView> => ({
    id: state.id, version, slug: state.slug, name: state.name, kind: state.kind, orchestrator: state.orchestrator, zone: state.zone,
    sourceId: state.sourceId, sourceName: state.sourceId === null ? null : sourceName(state.sourceId),
    freezes: state.freezes.map(freezeView).toSorted((a, b) => ORDER[a.standing] - ORDER[b.standing] || (a.from < b.from ? -1 : 1)),
    isArchived: state.archivedAt !== null,
    live: [...lives.values()].filter((live) => live.state.environmentId === state.id).flatMap(({ state: live }) => {
      const model = models.get(live.modelId)?.state
      return live.lastStable && model ? [{ modelSlug: model.slug, modelName: model.name, label: live.lastStable.label, isAtRisk: live.watch?.isAtRisk ?? false }] : []
    }),
    openReleases: (await releasesOf(store, state.id, true)).map(({ releaseId, code }) => ({ releaseId, code })),
    allowed: {
      edit: closedWords(state) ?? whyNot(actor, 'environment.change'), archive: whyNot(actor, 'environment.archive'), restore: whyNot(actor, 'environment.restore'),
      addFreeze: closedWords(state) ?? whyNot(actor, 'environment.add-freeze'), endFreeze: whyNot(actor, 'environment.end-freeze'),
    },
  })
  const views = await Promise.all([...environments.values()].map((loaded) => viewOf(loaded.state, loaded.version)))
  return {
    environments: views.toSorted((a, b) => Number(a.isArchived) - Number(b.isArchived) || a.name.localeCompare(b.name, 'en')),
    sources: [...sources].filter(([, source]) => source.state.archivedAt === null).map(([id, source]) => ({ id, name: words(source.state.name) })),
    allowed: { add: whyNot(actor, 'environment.register') },
  }
}

function closedWords(state: EnvironmentState): string | null {
  return state.archivedAt === null ? null : `${state.name} is archived. Restore it first.`
}

function standingOf(freeze: Freeze, at: string): FreezeView['standing'] {
  if (freeze.ended !== null) return 'ended'
  if (freeze.to <= at) return 'over'
  return freeze.from <= at ? 'active' : 'coming'
}

/** One environment by slug or id, or null. */
export async function viewEnvironment(store: Store, actor: Actor, slugOrId: string, now: Date = new Date()): Promise<EnvironmentView | null> {
  const { environments } = await viewEnvironments(store, actor, now)
  return environments.find((one) => one.slug === slugOrId || one.id === slugOrId) ?? null
}
