/** What the product itself finds wrong: as facts, which are kept, and as words, which the publication of a model allows. */

import { wordsOf, type FreeText } from '@/lib/domain/text'
import type { DerivedFact, Slot } from './facts'
import type { PublicIncident } from './status'

/** What stands behind a finding while it goes on; for the internal page only. */
export interface Insight {
  readonly reason: FreeText | null
  /** Titles of what is past its limit. */
  readonly values: readonly string[]
}

/** Everything that is wrong now, or was rolled back not long ago, of one model in one environment; nothing is left out yet. */
export function findingsOf(slot: Slot): readonly (DerivedFact & { readonly insight: Insight })[] {
  const { modelId, environmentId } = slot
  const place = { modelId, environmentId }
  const rollBacks = slot.releases.flatMap(({ state }) => state.rollBack === null ? [] : [{
    ...place, key: `roll-back ${state.id}`, kind: 'roll-back' as const, label: state.candidate.label, to: state.rollBack.to?.label ?? null, share: null,
    startedAt: state.rollBack.at, resolvedAt: state.rollBack.confirmed?.at ?? (state.end?.kind === 'rolled-back' ? state.end.at : null),
    insight: { reason: state.rollBack.reason, values: [] },
  }])
  const holds = slot.releases.flatMap(({ state, reading }) => state.hold === null || !reading.isInFlight ? [] : [{
    ...place, key: `hold ${state.id} ${state.hold.at}`, kind: 'hold' as const, label: state.candidate.label, to: null, share: null,
    startedAt: state.hold.at, resolvedAt: null, insight: { reason: state.hold.reason, values: [] },
  }])
  const risks = slot.releases.flatMap(({ state, reading }) => {
    if (state.rollout === null || state.rollBack !== null || !reading.isInFlight || reading.atRisk.length === 0) return []
    const at = reading.atRisk.map((risk) => risk.since).toSorted()[0] ?? state.changedAt
    const share = state.rollout.share?.percent
    return [{
      ...place, key: `at-risk ${state.id} ${at}`, kind: 'at-risk' as const, label: state.candidate.label, to: null, share: share === undefined || share === 100 ? null : share,
      startedAt: at, resolvedAt: null, insight: { reason: null, values: reading.atRisk.map((risk) => risk.title) },
    }]
  })
  return [...rollBacks, ...holds, ...risks, ...watchOf(slot)]
}

function watchOf({ live, modelId, environmentId }: Slot): readonly (DerivedFact & { readonly insight: Insight })[] {
  if (!live?.watch?.isAtRisk) return []
  const { items } = live.watch
  const at = Object.values(items).filter((one) => one.verdict === 'fail').map((one) => one.at).toSorted()[0] ?? live.watch.startedAt
  return [{
    modelId, environmentId, key: `watch ${live.id} ${at}`, kind: 'watch', label: live.lastStable?.label ?? null, to: null, share: null, startedAt: at, resolvedAt: null,
    insight: { reason: null, values: [] },
  }]
}

const FIELD = { 'roll-back': 'roll-backs', 'hold': 'holds', 'at-risk': 'state', 'watch': 'state' } as const

/** The words for a finding, as its publication allows. In: also what stands behind it, while that is known. Out: null where its field is not shown. */
export function incidentOf(fact: DerivedFact, slot: Slot, insight: Insight | null): PublicIncident | null {
  if (!slot.shows(FIELD[fact.kind])) return null
  const said = WORDS[fact.kind](fact, slot)
  const more = insight === null ? '' : insightWords(insight, slot)
  const began = { status: said.began, at: fact.startedAt, text: `${said.text}${more}` }
  const done = fact.resolvedAt === null ? [] : [{ status: 'resolved' as const, at: fact.resolvedAt, text: said.done }]
  return {
    id: slot.publicId(fact.key), name: said.name, kind: fact.kind === 'watch' ? 'at-risk' : fact.kind, impact: said.impact,
    status: fact.resolvedAt === null ? said.began : 'resolved', componentIds: [slot.componentId], startedAt: fact.startedAt, resolvedAt: fact.resolvedAt, updates: [...done, began],
  }
}

function insightWords({ reason, values }: Insight, slot: Slot): string {
  const why = reason !== null && slot.shows('reasons') ? ` Reason: ${wordsOf(reason, slot.reveal)}` : ''
  return values.length > 0 && slot.shows('values') ? `${why} Past its limit: ${values.join(', ')}.` : why
}

interface Said {
  readonly name: string
  readonly impact: PublicIncident['impact']
  readonly began: PublicIncident['status']
  readonly text: string
  readonly done: string
}

const WORDS: Readonly<Record<DerivedFact['kind'], (fact: DerivedFact, slot: Slot) => Said>> = {
  'roll-back': (fact, slot) => {
    const to = slot.shows('version') && fact.to !== null ? fact.to : 'the last stable version'
    return {
      name: `${newVersion(fact, slot)} ${fact.resolvedAt === null ? 'is being rolled back' : 'was rolled back'}`, impact: 'major', began: 'identified',
      text: `The version is being taken back. Traffic returns to ${to}.`, done: `Traffic is back on ${to}.`,
    }
  },
  'hold': (fact, slot) => ({
    name: `${newVersion(fact, slot)} ${fact.resolvedAt === null ? 'is' : 'was'} on hold`, impact: 'none', began: 'monitoring',
    text: 'The release waits. What is live is not touched.', done: 'The release waits no longer.',
  }),
  'at-risk': (fact, slot) => {
    const held = fact.share === null ? 'The rollout is halted.' : `The rollout is halted at ${fact.share} % of traffic; the rest is not touched.`
    return {
      name: `${newVersion(fact, slot)} ${fact.resolvedAt === null ? 'is' : 'was'} at risk${fact.share === null ? '' : ` at ${fact.share} %`}`, impact: 'minor', began: 'investigating',
      text: `A measured value is past its limit. ${held}`, done: 'The risk is over.',
    }
  },
  'watch': (fact, slot) => ({
    name: `${slot.publication.name}${slot.shows('version') && fact.label !== null ? ` ${fact.label}` : ''} ${fact.resolvedAt === null ? 'runs' : 'ran'} at risk`, impact: 'minor', began: 'investigating',
    text: 'A measured value of the live version is past its limit.', done: 'The measured values are within their limits again.',
  }),
}

function newVersion(fact: DerivedFact, slot: Slot): string {
  return slot.shows('version') && fact.label !== null ? `${slot.publication.name} ${fact.label}` : `${slot.publication.name}: the new version`
}
