/** The moves of a release as tests need them: open it, settle every item of a gate, sign it by whom its rule asks. */
import type { PersonActor } from '@/lib/domain/actor'
import type { CommandOf } from '@/lib/domain/release/commands'
import { ML_RELEASE_ID } from '@/lib/domain/template/shipped'
import { EVALUATOR, id, MODEL, SIX, STAGING, TARGET, type Play } from './play'

export function opening(play: Play, versionNumber: number, more: Partial<CommandOf<'open-release'>> = {}): CommandOf<'open-release'> {
  const version = play.versions[versionNumber - 1]
  if (!version) throw new Error('no such version')
  return {
    type: 'open-release', modelId: MODEL, versionId: version.id, environmentId: TARGET, stagingEnvironmentId: STAGING, templateId: ML_RELEASE_ID, risk: 'medium',
    targetAt: null, claim: { memoryGiB: 24, cpuCores: 8, gpuCount: 1, gpuType: 'L4', gpuMemoryGiB: 24, storageGiB: 40, peakPerSecond: 900, growthPercent: 40 },
    serving: { image: 'serve:1', runtime: 'triton', precision: 'fp16', batching: '8' }, evaluation: 'sha256:eval',
    steps: [{ share: 5, soakMinutes: 30, minimumRequests: 100 }, { share: 25, soakMinutes: 30, minimumRequests: 100 }, { share: 100, soakMinutes: 60, minimumRequests: 500 }],
    rollbackPlan: { way: play.live?.lastStable ? 'last-stable' : 'switch-off', triggers: 'error ratio', deciderId: null, rehearsedAt: null, restoreMinutes: 5 },
    feedback: { description: 'labels by chargebacks', labelDelayDays: 14 }, owners: {}, onCallId: null, panels: [], selectors: { candidate: {}, stable: {}, shareQuery: null }, ...more,
  }
}

export function open(play: Play, versionNumber: number, actor: PersonActor, more: Partial<CommandOf<'open-release'>> = {}): string {
  const releaseId = id(400 + play.releases.size)
  play.must(releaseId, opening(play, versionNumber, more), actor)
  return releaseId
}

export function verdict(itemId: string, value: 'pass' | 'fail' | 'no-data' | 'idle' | 'error' | 'inconclusive', at: Date): CommandOf<'record-verdict'> {
  return { type: 'record-verdict', itemId, verdict: value, value: value === 'pass' ? 0.1 : value === 'fail' ? 9 : null, samples: 100, reason: value === 'pass' ? '' : `it says ${value}`, query: 'up', at: at.toISOString(), series: [] }
}

/** Settles every open item of a gate in the plainest way that its kind allows. Evidence is written by `actor`. */
export function settle(play: Play, releaseId: string, gateId: string, actor: PersonActor): void {
  for (const line of play.gate(releaseId, gateId).unsettled) {
    const item = play.release(releaseId).items[line.itemId]
    if (!item) continue
    const itemId = item.id
    if (item.kind === 'check') play.must(releaseId, { type: 'tick', itemId, isDone: true }, actor)
    else if (item.kind === 'evidence') play.must(releaseId, { type: 'add-evidence', itemId, evidenceId: id(5000 + play.log.length), evidence: { kind: 'link', title: 'Report', url: 'https://example.org/report' } }, actor)
    else if (item.kind === 'value') play.must(releaseId, { type: 'record-value', itemId, value: item.ask?.target ?? 1 }, actor)
    else if (item.kind === 'metric') play.must(releaseId, verdict(itemId, 'pass', play.now), EVALUATOR)
    else if (item.computed === 'environment-choice') choose(play, releaseId, itemId, actor)
  }
  // A value without a target is asked for one, and observed-against-declared follows from its metrics.
  for (const line of play.gate(releaseId, gateId).unsettled) {
    const item = play.release(releaseId).items[line.itemId]
    if (item?.kind === 'value' && item.ask) play.must(releaseId, { type: 'change-item', itemId: item.id, isRequired: true, metric: null, target: item.value?.value ?? 1, query: null, reason: 'set' }, actor)
  }
}

export function choose(play: Play, releaseId: string, itemId: string, actor: PersonActor): void {
  play.must(releaseId, {
    type: 'decide', kind: 'choice', title: 'Kubernetes with one L4', reason: 'latency', deciderIds: [], consultedIds: [], informedIds: [], consequences: '', confirmation: null, supersedes: null,
    checkInId: null, conditions: [], itemId, until: null, seen: null,
    options: [{ title: 'Kubernetes', pros: 'expertise', cons: 'cost', isChosen: true }, { title: 'On-premises', pros: 'control', cons: 'latency', isChosen: false }],
  }, actor)
}

/** Signs a gate by each of the people until its rule is met. */
export function sign(play: Play, releaseId: string, gateId: string, people: readonly PersonActor[]): void {
  // Who can stand for one team only signs first, so that those of several teams are left for what is missing.
  const inOrder = people.toSorted((a, b) => a.memberships.length - b.memberships.length)
  // Twice, because an author's signature asks for a counter-signature from someone who may have come before.
  for (const actor of [...inOrder, ...inOrder]) {
    const standing = play.gate(releaseId, gateId)
    if (standing.reading.isMet) return
    const teams = actor.memberships.map((m) => m.team)
    const missing = standing.reading.missing.flatMap((m) => (m.kind === 'team' ? [m.team] : ['*']))
    if (!teams.some((team) => missing.includes(team) || missing.includes('*'))) continue
    if (standing.valid.some((s) => s.by === actor.personId)) continue
    play.must(releaseId, signOff(play, releaseId, gateId), actor)
  }
}

export function signOff(play: Play, releaseId: string, gateId: string): CommandOf<'sign-off'> {
  const { seen } = play.gate(releaseId, gateId)
  return { type: 'sign-off', gateId, teams: [], comment: '', onBehalfOf: null, seen: { parts: { ...seen.parts }, items: { ...seen.items } } }
}

export function go(play: Play, releaseId: string, actor: PersonActor, kind: 'go' | 'no-go' = 'go'): void {
  const { seen } = play.gate(releaseId, 'decision')
  play.must(releaseId, { ...decision(kind), seen: { parts: { ...seen.parts }, items: { ...seen.items } } }, actor)
}

export function decision(kind: 'go' | 'no-go' | 'defer'): CommandOf<'decide'> {
  return {
    type: 'decide', kind, title: kind, reason: 'all gates passed', options: [], deciderIds: [], consultedIds: [], informedIds: [], consequences: '', confirmation: null, supersedes: null,
    checkInId: null, conditions: [], itemId: null, until: null, seen: null,
  }
}

const PREPARATION = ['scope', 'data', 'quality', 'reproducible', 'environment', 'monitoring', 'rollback', 'decision']

/** From opened to approved: every gate before the decision is worked and signed, and the go recorded. */
export function prepare(play: Play, releaseId: string, people: readonly PersonActor[] = play.people): void {
  const chair = people.find((p) => p.memberships.some((m) => m.team === 'product'))
  if (!chair) throw new Error('nobody is in product')
  for (const gateId of PREPARATION) {
    if (!play.release(releaseId).template.gates.some((g) => g.id === gateId)) continue
    const owner = people.find((p) => p.memberships.some((m) => m.team === play.gate(releaseId, gateId).gate.ownerTeam)) ?? chair
    settle(play, releaseId, gateId, owner)
    sign(play, releaseId, gateId, people.toReversed())
  }
  go(play, releaseId, chair)
}

/** From approved to full traffic soaked: each step is seen by metric, soaks with passing metrics, and reaches its requests. */
export function rollOut(play: Play, releaseId: string, people: readonly PersonActor[] = play.people, upTo = Number.POSITIVE_INFINITY): void {
  const ops = people.find((p) => p.memberships.some((m) => m.team === 'ops'))
  if (!ops) throw new Error('nobody is in ops')
  play.must(releaseId, { type: 'start-rollout' }, ops)
  const { steps } = play.release(releaseId)
  for (const [index, step] of steps.entries()) {
    if (index > upTo) return
    if (index > 0) play.must(releaseId, { type: 'advance' }, ops)
    for (const item of Object.values(play.release(releaseId).items)) {
      if (item.metric?.mode === 'standing' && item.verdict?.verdict !== 'pass') play.must(releaseId, verdict(item.id, 'pass', play.now), EVALUATOR)
    }
    play.must(releaseId, { type: 'observe', share: step.share, requests: null }, EVALUATOR)
    play.pass(step.soakMinutes + 1)
    play.must(releaseId, { type: 'observe', share: step.share, requests: step.minimumRequests }, EVALUATOR)
    const next = steps[index + 1]
    if (next?.share === 100) {
      settle(play, releaseId, 'canary', ops)
      sign(play, releaseId, 'canary', people)
    }
  }
}

/** From full traffic to stable. */
export function makeStable(play: Play, releaseId: string, people: readonly PersonActor[] = play.people): void {
  const ops = people.find((p) => p.memberships.some((m) => m.team === 'ops'))
  if (!ops) throw new Error('nobody is in ops')
  settle(play, releaseId, 'full-rollout', ops)
  sign(play, releaseId, 'full-rollout', people)
}

/** A stable release, and a second one in the first step of its rollout. Out: the second one's id. */
export function secondOnItsWay(play: Play): string {
  const first = open(play, 1, SIX.pia)
  prepare(play, first)
  rollOut(play, first)
  makeStable(play, first)
  const second = open(play, 2, SIX.pia)
  prepare(play, second)
  rollOut(play, second, play.people, 0)
  return second
}
