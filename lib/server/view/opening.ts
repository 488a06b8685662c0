/** Reads what the page on which a release is opened must know: candidates, places, baselines, held versions, and rules that cannot be met. */
import 'server-only'
import { loadAggregates, revealTexts } from '@/db/aggregate'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import { openingLimits } from '@/lib/domain/opening/limits'
import { openingStacks, resourcePanels } from '@/lib/domain/opening/stacks'
import type { OpeningView } from '@/lib/domain/opening/view'
import { unmetRules } from '@/lib/domain/template/attainable'
import { SHIPPED_TEMPLATES } from '@/lib/domain/template/shipped'
import { currentRevision } from '@/lib/domain/template/state'
import { wordsOf } from '@/lib/domain/text'
import { loadPeople, loadTeams, whyNot } from '@/lib/server/view/people'
import { loadSigners } from '@/lib/server/view/template'

/** In: who looks, and the time after which freezes still matter. Out: choices without archived ones; what is live, by model and environment. */
export async function viewOpening(store: Store, actor: Actor, now: Date = new Date()): Promise<OpeningView> {
  const [models, environments, templates, lives, people, teams, signers] = await Promise.all([
    loadAggregates(store, 'model', 'all'), loadAggregates(store, 'environment', 'all'), loadAggregates(store, 'template', 'all'),
    loadAggregates(store, 'live', 'all'), loadPeople(store), loadTeams(store), loadSigners(store),
  ])
  const texts = await revealTexts(store, [...environments.keys()])
  const at = now.toISOString()
  const shipped = SHIPPED_TEMPLATES.map((one) => one.templateId)
  const rank = (id: string) => (shipped.includes(id) ? shipped.indexOf(id) : shipped.length)
  const byName = <T extends { readonly name: string }>(a: T, b: T) => a.name.localeCompare(b.name, 'en')
  return {
    models: [...models.values()].map((one) => one.state).filter((model) => model.archivedAt === null).toSorted(byName).map((model) => ({
      id: model.id, slug: model.slug, name: model.name, codePrefix: model.codePrefix,
      versions: model.versions.filter((version) => version.withdrawn === null).map((version) => ({
        id: version.id, label: version.label, artefactLabel: version.artefact.label, raw: version.artefact.raw, isPinned: version.artefact.pinned, registeredAt: version.registeredAt,
      })).toReversed(),
    })),
    environments: [...environments.values()].map((one) => one.state).filter((one) => one.archivedAt === null).toSorted(byName).map((one) => ({
      id: one.id, slug: one.slug, name: one.name, kind: one.kind, orchestrator: one.orchestrator, zone: one.zone, hasSource: one.sourceId !== null, sourceId: one.sourceId,
      freezes: one.freezes.filter((freeze) => freeze.ended === null && freeze.to > at).map((freeze) => ({ from: freeze.from, to: freeze.to, reason: wordsOf(freeze.reason, (hash) => texts.get(hash)) })),
    })),
    templates: [...templates.values()].map((one) => one.state).filter((one) => one.archivedAt === null).toSorted((a, b) => rank(a.id) - rank(b.id)).map((one) => {
      const content = currentRevision(one)
      return {
        id: one.id, name: content.name, purpose: content.purpose, revision: content.revision, gateCount: content.gates.length, steps: content.steps, limits: openingLimits(content.gates),
        unmet: { strict: unmetRules(content.gates, 'strict', signers.people, signers.nameOf), 'small-team': unmetRules(content.gates, 'small-team', signers.people, signers.nameOf) },
      }
    }),
    places: [...lives.values()].map(({ state: live }) => ({
      modelId: live.modelId, environmentId: live.environmentId,
      lastStable: live.lastStable === null ? null : { versionId: live.lastStable.versionId, label: live.lastStable.label, since: live.lastStable.since },
      held: live.held.filter((held) => held.lifted === null).map((held) => ({ versionId: held.versionId, label: held.label })),
      rollingOut: live.rollingOut === null ? null : { releaseId: live.rollingOut.releaseId, code: live.rollingOut.code },
    })),
    people: [...people.values()].filter((person) => person.state.archivedAt === null)
      .map((person) => ({ id: person.id, name: person.name, teams: person.state.memberships.map((membership) => membership.team) })).toSorted(byName),
    teams: teams.map(({ id, name }) => ({ id, name })),
    stacks: openingStacks(), resourcePanels: resourcePanels(),
    separation: signers.separation,
    allowed: { open: whyNot(actor, 'release.open'), addVersion: whyNot(actor, 'model.register-version') },
  }
}
