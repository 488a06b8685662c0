/** Reads templates for screens and the API: revisions with what each changed, and the rules that today's members cannot meet. */
import 'server-only'
import { loadAggregate, loadAggregates, revealTexts } from '@/db/aggregate'
import type { Store } from '@/db/store'
import { actorId, type Actor } from '@/lib/domain/actor'
import { DEFAULT_SEPARATION } from '@/lib/domain/installation/state'
import { teamName } from '@/lib/domain/policy'
import { unmetRules, type Signer, type UnmetRule } from '@/lib/domain/template/attainable'
import { differenceOf } from '@/lib/domain/template/difference'
import { SHIPPED_TEMPLATES } from '@/lib/domain/template/shipped'
import { currentRevision, type TemplateState } from '@/lib/domain/template/state'
import type { GateTemplate, Tier } from '@/lib/domain/template/template'
import type { RevisionView, TemplatesView, TemplateView } from '@/lib/domain/template/view'
import { wordsOf, type FreeText } from '@/lib/domain/text'
import { loadInstallation, loadNames, loadPeople, whyNot } from '@/lib/server/view/people'

type Separation = 'strict' | 'small-team'

/** People who can sign, and how teams are called: what `unmetRules` asks. */
export async function loadSigners(store: Store): Promise<{ readonly people: readonly Signer[]; readonly nameOf: (team: string) => string; readonly separation: Readonly<Record<Tier, Separation>> }> {
  const [people, installation] = await Promise.all([loadPeople(store), loadInstallation(store)])
  const names = Object.fromEntries((installation?.state.teams ?? []).map((team) => [team.id, team.name]))
  return {
    people: [...people.values()].filter(({ state }) => state.archivedAt === null).map(({ id, state }) => ({ id, memberships: state.memberships })),
    nameOf: (team) => teamName(team, names),
    separation: installation?.state.separation ?? DEFAULT_SEPARATION,
  }
}

/** What the studio needs beside a template: teams that own and sign, how each risk separates people, and whether this actor may make one. */
export async function viewTemplateFrame(store: Store, actor: Actor) {
  const installation = await loadInstallation(store)
  return {
    teams: (installation?.state.teams ?? []).filter((team) => team.archivedAt === null).map(({ id, name, shape }) => ({ id, name, shape })),
    separation: installation?.state.separation ?? DEFAULT_SEPARATION, createRefusal: whyNot(actor, 'template.create'),
  }
}

/** All templates: the shipped ones first, in their order; archived ones last. */
export async function viewTemplates(store: Store, actor: Actor): Promise<TemplatesView> {
  const [templates, { people, separation }] = await Promise.all([loadAggregates(store, 'template', 'all'), loadSigners(store)])
  const shipped = SHIPPED_TEMPLATES.map((one) => one.templateId)
  const rank = (id: string) => (shipped.includes(id) ? shipped.indexOf(id) : shipped.length)
  const items = [...templates.values()].map(({ state }) => {
    const content = currentRevision(state)
    const unmet = new Set(Object.values(separation).flatMap((policy) => unmetRules(content.gates, policy, people).map((one) => one.gateId)))
    return {
      id: state.id, name: content.name, purpose: content.purpose, revision: content.revision, changedAt: state.revisions.at(-1)?.at ?? '',
      gateCount: content.gates.length, itemCount: content.gates.reduce((sum, gate) => sum + gate.items.length, 0),
      isArchived: state.archivedAt !== null, isWaiting: state.proposal !== null, unmetCount: unmet.size,
    }
  })
  return {
    templates: items.toSorted((a, b) => Number(a.isArchived) - Number(b.isArchived) || rank(a.id) - rank(b.id) || a.name.localeCompare(b.name, 'en')),
    separation, teams: (await viewTemplateFrame(store, actor)).teams,
    allowed: { create: whyNot(actor, 'template.create') },
  }
}

/** One template by id, or null. */
export async function viewTemplate(store: Store, actor: Actor, id: string): Promise<TemplateView | null> {
  const loaded = await loadAggregate(store, 'template', id)
  if (!loaded) return null
  const { state, version } = loaded
  const [texts, names, installation, signers] = await Promise.all([revealTexts(store, [id]), loadNames(store), loadInstallation(store), loadSigners(store)])
  const words = (text: FreeText) => wordsOf(text, (hash) => texts.get(hash))
  const content = currentRevision(state)
  const unmet = (tier: Tier) => unmetFor(content.gates, signers.separation[tier], signers)
  const { proposal } = state
  const mayRevise = whyNot(actor, 'template.revise')
  return {
    id, version, content, isArchived: state.archivedAt !== null, separation: signers.separation,
    revisions: revisionViews(state, words, names),
    proposal: proposal === null ? null : {
      revision: proposal.content.revision, byName: names.get(proposal.by) ?? '', at: proposal.at, reason: words(proposal.reason),
      difference: differenceOf(content, proposal.content), changedRules: proposal.changedRules,
    },
    teams: (installation?.state.teams ?? []).filter((team) => team.archivedAt === null).map(({ id: team, name, shape }) => ({ id: team, name, shape })),
    unmet: { low: unmet('low'), medium: unmet('medium'), high: unmet('high') },
    allowed: {
      revise: mayRevise ?? (state.archivedAt !== null ? 'This template is archived. Restore it first.' : null) ?? (proposal === null ? null : 'A revision is waiting for its second person. Confirm or withdraw it first.'),
      confirm: mayRevise ?? (proposal?.by === actorId(actor) ? 'You proposed this revision; another lead or admin must confirm it.' : null),
      archive: whyNot(actor, 'template.archive'),
      copy: whyNot(actor, 'template.create'),
    },
  }
}

function unmetFor(gates: readonly GateTemplate[], policy: Separation, signers: { readonly people: readonly Signer[]; readonly nameOf: (team: string) => string }): readonly UnmetRule[] {
  return unmetRules(gates, policy, signers.people, signers.nameOf)
}

function revisionViews(state: TemplateState, words: (text: FreeText) => string, names: ReadonlyMap<string, string>): readonly RevisionView[] {
  return state.revisions.map((kept, index) => {
    const before = state.revisions[index - 1]
    return {
      revision: kept.content.revision, at: kept.at, byName: names.get(kept.by) ?? 'Gatehouse',
      confirmedByName: kept.confirmedBy === null ? null : (names.get(kept.confirmedBy) ?? ''),
      reason: kept.reason === null ? null : words(kept.reason),
      difference: before ? differenceOf(before.content, kept.content) : null,
    }
  }).toReversed()
}
