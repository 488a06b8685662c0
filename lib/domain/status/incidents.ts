/** What went wrong, for the public: derived from roll-backs, holds and metrics past their limit, in fixed words and without a reason. */

import type { ReleaseState } from '@/lib/domain/release/state'
import type { Slot } from './build'
import type { PublicIncident } from './status'

/** The incidents of one model in one environment, as its publication allows. */
export function incidentsOf(slot: Slot): readonly PublicIncident[] {
  return [
    ...(slot.shows('roll-backs') ? slot.releases.flatMap(({ state }) => rollBackOf(state, slot)) : []),
    ...(slot.shows('holds') ? slot.releases.filter(({ reading }) => reading.isInFlight).flatMap(({ state }) => holdOf(state, slot)) : []),
    ...(slot.shows('state') ? atRiskOf(slot) : []),
  ]
}

function nameOf(state: ReleaseState, slot: Slot): string {
  return slot.shows('version') ? `${slot.publication.name} ${state.candidate.label}` : `${slot.publication.name}: the new version`
}

function rollBackOf(state: ReleaseState, slot: Slot): readonly PublicIncident[] {
  const { rollBack } = state
  if (!rollBack) return []
  const end = rollBack.confirmed?.at ?? (state.end?.kind === 'rolled-back' ? state.end.at : null)
  const to = slot.shows('version') && rollBack.to ? rollBack.to.label : 'the last stable version'
  const began = { status: 'identified' as const, at: rollBack.at, text: `The version is being taken back. Traffic returns to ${to}.` }
  const done = end === null ? [] : [{ status: 'resolved' as const, at: end, text: `Traffic is back on ${to}.` }]
  return [{
    id: slot.publicId(`roll-back ${state.id}`),
    name: `${nameOf(state, slot)} ${end === null ? 'is being rolled back' : 'was rolled back'}`,
    kind: 'roll-back', impact: 'major', status: end === null ? 'identified' : 'resolved', componentId: slot.componentId,
    startedAt: rollBack.at, resolvedAt: end, updates: [...done, began],
  }]
}

function holdOf(state: ReleaseState, slot: Slot): readonly PublicIncident[] {
  if (!state.hold) return []
  const text = 'The release waits. What is live is not touched.'
  return [{
    id: slot.publicId(`hold ${state.id} ${state.hold.at}`),
    name: `${nameOf(state, slot)} is on hold`,
    kind: 'hold', impact: 'none', status: 'monitoring', componentId: slot.componentId,
    startedAt: state.hold.at, resolvedAt: null, updates: [{ status: 'monitoring', at: state.hold.at, text }],
  }]
}

/** Of the versions that take traffic: the candidate of a running rollout, and the live one under its standing watch. */
function atRiskOf(slot: Slot): readonly PublicIncident[] {
  const moving = slot.releases.filter(({ state, reading }) => state.rollout !== null && state.rollBack === null && reading.isInFlight && reading.atRisk.length > 0)
  const ofReleases = moving.map(({ state, reading }): PublicIncident => {
    const at = reading.atRisk.map((risk) => risk.since).toSorted()[0] ?? state.changedAt
    const share = state.rollout?.share?.percent
    const held = share === undefined || share === 100 ? 'The rollout is halted.' : `The rollout is halted at ${share} % of traffic; the rest is not touched.`
    return {
      id: slot.publicId(`at-risk ${state.id} ${at}`),
      name: `${nameOf(state, slot)} is at risk${share === undefined || share === 100 ? '' : ` at ${share} %`}`,
      kind: 'at-risk', impact: 'minor', status: 'investigating', componentId: slot.componentId,
      startedAt: at, resolvedAt: null, updates: [{ status: 'investigating', at, text: `A measured value is past its limit. ${held}` }],
    }
  })
  const { live } = slot
  if (!live?.watch?.isAtRisk) return ofReleases
  const at = Object.values(live.watch.items).filter((one) => one.verdict === 'fail').map((one) => one.at).toSorted()[0] ?? live.watch.startedAt
  const label = slot.shows('version') && live.lastStable ? ` ${live.lastStable.label}` : ''
  return [...ofReleases, {
    id: slot.publicId(`watch ${live.id} ${at}`),
    name: `${slot.publication.name}${label} runs at risk`,
    kind: 'at-risk', impact: 'minor', status: 'investigating', componentId: slot.componentId,
    startedAt: at, resolvedAt: null, updates: [{ status: 'investigating', at, text: 'A measured value of the live version is past its limit.' }],
  }]
}
