/** Builds the view of a release for one person: reveals, derives, and asks `decide` what each button may do. */
import { ruleWords } from '@/lib/domain/verdict/rule-words'
import { alertingOf } from '@/lib/domain/alert/alert'
import { lineVerdict } from '@/lib/domain/live/line-verdict'
import { actionState, agreedDueAt } from '@/lib/domain/work/action-rule'
import { isLate } from '@/lib/domain/work/due'
import { alertView, proposalView } from './alert-view'
import { againstStable } from './against'
import { isOverdue, pillOf } from './card'
import { confirmAt, confirmationStanding } from './confirmation'
import { claimWords } from './fingerprint'
import { readRelease } from './phase'
import { nextStepBlockers, probeAll } from './probes'
import { railOf } from './rail-of'
import { isReleased } from './released'
import { rulingOn } from './ruling'
import { agesAt, sentenceOf } from './sentence'
import type { ReleaseState } from './state'
import type { ActionView, DecisionView, DocumentView, ReleaseView, StepView } from './view'
import { gateView } from './view-gate'
import { commentViews, shownBy, type Shown, type ViewInput } from './view-words'
import { ballsOf, waitedMs } from './waiting'

/** Decisions of a release, newest first. */
export function decisionViews({ input, say, person }: Pick<Shown, 'say' | 'person'> & { readonly input: Pick<ViewInput, 'state' | 'now'> }): readonly DecisionView[] {
  const { state } = input
  return state.decisions.map((d): DecisionView => ({
    number: d.number, kind: d.kind, title: say(d.title), reason: say(d.reason),
    context: d.context ? say(d.context) : null, drivers: (d.drivers ?? []).map(say), confirmAt: confirmAt(d), standing: confirmationStanding(d, input.now),
    checks: (d.checks ?? []).map((one) => ({ by: person(one.by), at: one.at, outcome: one.outcome, note: say(one.note), nextAt: one.nextAt })),
    options: d.options.map((o) => ({ title: say(o.title), pros: say(o.pros), cons: say(o.cons), isChosen: o.isChosen })),
    deciders: d.deciders.map((decider) => ({ id: decider.personId, name: say(decider.name) })),
    consulted: d.consulted.map(person), informed: d.informed.map(person),
    consequences: d.consequences && say(d.consequences), confirmation: d.confirmation && { how: say(d.confirmation.how), dueAt: d.confirmation.dueAt },
    gateId: d.gateId, itemId: d.itemId, until: d.until, by: person(d.by), at: d.at, parts: d.parts,
    gates: d.gates.map((g) => {
      const gate = state.template.gates.find((one) => one.id === g.gateId)
      return { gateId: g.gateId, number: gate?.number ?? 0, name: gate?.name ?? g.gateId, status: g.status }
    }),
    metrics: d.metrics.map((m) => ({ itemId: m.itemId, title: state.items[m.itemId]?.title ?? m.itemId, verdict: m.verdict })),
    supersedes: d.supersedes, supersededBy: d.supersededBy, releaseId: state.id, releaseCode: state.code, modelName: state.modelName,
  })).toReversed()
}

function measuredView({ state, world }: ViewInput, itemId: string | undefined): ActionView['measured'] {
  const item = itemId === undefined ? undefined : state.items[itemId]
  if (!item) return null
  const verdict = lineVerdict(state, world.live, item.id)
  return { itemId: item.id, title: item.title, stands: verdict?.verdict === 'pass' ? 'met' : verdict?.verdict === 'fail' ? 'not met' : 'not measured', at: verdict?.at ?? null }
}

function actionViews({ input, say, person }: Shown): readonly ActionView[] {
  return input.state.actions.map((a) => ({
    id: a.id, source: a.source, sourceId: a.sourceId, title: say(a.title), owner: a.ownerId ? person(a.ownerId) : null, team: a.team, dueAt: a.dueAt,
    isOverdue: a.done === null && isLate(a.dueAt, input.teams.find((team) => team.id === a.team)?.workingHours ?? null, input.now), at: a.at, state: actionState(a, input.now),
    snoozed: a.snoozed && actionState(a, input.now) === 'snoozed' ? { until: a.snoozed.until, reason: say(a.snoozed.reason), by: person(a.snoozed.by) } : null,
    changes: (a.changes ?? []).toReversed().map((one) => ({ at: one.at, by: person(one.by).name, reason: say(one.reason), dueAt: one.dueAt, title: one.title && say(one.title) })), agreedDueAt: agreedDueAt(a), isReleased: isReleased(input.state, a), measured: measuredView(input, a.itemId),
    done: a.done && { by: person(a.done.by), at: a.done.at, note: say(a.done.note), isDropped: a.done.isDropped },
  }))
}

function documentViews({ input, say, person }: Shown): readonly DocumentView[] {
  return input.state.documents.map(({ title, url, reviewedBy, by: _by, ...rest }) => ({
    ...rest, title: say(title), url: say(url), reviewedBy: reviewedBy.map((r) => ({ team: r.team, by: person(r.by), at: r.at })),
  }))
}

function stepViews(state: ReleaseState): readonly StepView[] {
  return state.steps.map((step, index): StepView => {
    const done = state.rollout?.doneSteps.find((d) => d.index === index)
    const isCurrent = state.rollout?.stepIndex === index
    const status = done || (state.stableAt && isCurrent) ? 'done' : !isCurrent ? 'later' : state.rollout?.stepLiveAt ? 'live' : 'asked'
    return {
      ...step, index, status, askedAt: isCurrent ? (state.rollout?.stepAskedAt ?? null) : null,
      liveAt: done?.liveAt ?? (isCurrent ? (state.rollout?.stepLiveAt ?? null) : null), liveBy: isCurrent ? (state.rollout?.liveBy ?? null) : null,
      soakedAt: done?.soakedAt ?? null, restarts: done?.restarts ?? (isCurrent ? (state.rollout?.soak?.restarts ?? 0) : 0),
    }
  })
}

function proposalViews({ input, say, person }: Shown): ReleaseView['proposals'] {
  return input.state.proposals.map((p) => ({
    id: p.id, reason: say(p.reason), by: person(p.by), at: p.at, itemId: p.change.kind === 'item' ? p.change.itemId : null,
    words: p.change.kind === 'template' ? `Adopt revision ${p.change.revision} of the checklist: ${p.change.eased.join(', ')}`
      : p.change.kind === 'risk' ? `Lower the risk from ${input.state.risk} to ${p.change.risk}`
      : p.change.spec ? `Measure ${p.change.itemId} otherwise${p.change.isRequired ? '' : ', no longer required'}: ${ruleWords(p.change.spec)}`
      : `Change what ${p.change.itemId} asks${p.change.isRequired ? '' : ': no longer required'}${p.change.metric?.rule.threshold != null ? `; limit ${p.change.metric.rule.threshold} ${p.change.metric.rule.unit}` : ''}`,
  }))
}

function movement({ input, say, person }: Shown): Pick<ReleaseView, 'share' | 'standingDown' | 'rollBack' | 'hold'> {
  const { rollout, rollBack, hold } = input.state
  return {
    share: rollout?.share ?? null,
    standingDown: rollout?.standingDown ? { at: rollout.standingDown.at, by: person(rollout.standingDown.by), reason: say(rollout.standingDown.reason) } : null,
    rollBack: rollBack && {
      at: rollBack.at, by: person(rollBack.by), reason: say(rollBack.reason), to: rollBack.to?.label ?? null,
      confirmed: rollBack.confirmed && { at: rollBack.confirmed.at, by: person(rollBack.confirmed.by), how: rollBack.confirmed.how },
    },
    hold: hold && { at: hold.at, by: person(hold.by), reason: say(hold.reason), decision: hold.decision },
  }
}

/** The whole view. In: the world, the state at its version, who looks and when, how words are revealed. Pure: the same input gives the same view. */
export function buildReleaseView(input: ViewInput): ReleaseView {
  const { world, state, now, actor } = input
  const shown = shownBy(input)
  const { say, person } = shown
  const ruling = rulingOn(world, state, actor, now)
  const { reading } = ruling
  const words = { teamName: (team: string) => input.teams.find((t) => t.id === team)?.name ?? team, reveal: input.reveal, age: agesAt(now) }
  return {
    id: state.id, version: input.version, asOf: now.toISOString(), code: state.code,
    model: { id: state.modelId, name: state.modelName }, environment: { id: state.environmentId, name: state.environmentName, orchestrator: state.orchestrator },
    stagingEnvironmentId: state.stagingEnvironmentId, teams: input.teams.map(({ id, name, shape }) => ({ id, name, shape })),
    people: world.people.map((p) => ({ id: p.id, name: p.name, teams: p.memberships.map((m) => m.team) })),
    candidate: { ...state.candidate, registeredBy: person(state.candidate.registeredBy) },
    previousCandidates: state.previousCandidates.map((p) => ({ label: p.candidate.label, replacedAt: p.replacedAt, reason: say(p.reason) })),
    baseline: state.baseline, lastStable: state.lastStable && { ...state.lastStable, since: world.live?.lastStable?.since ?? null },
    against: againstStable(state, input.stable, say), risk: state.risk, separation: state.separation,
    template: { id: state.template.id, name: state.template.name, revision: state.template.revision, newestRevision: input.newestRevision },
    targetAt: state.targetAt, isOverdue: isOverdue(state, reading, now), claim: state.claim, claimWords: claimWords(state.claim), serving: state.serving,
    evaluation: state.evaluation, rollbackPlan: { ...state.rollbackPlan, triggers: say(state.rollbackPlan.triggers) },
    feedback: { ...state.feedback, description: say(state.feedback.description) },
    owners: Object.entries(state.owners).map(([team, id]) => ({ team, person: person(id) })), onCall: state.onCallId ? person(state.onCallId) : null,
    phase: reading.phase, isInFlight: reading.isInFlight, pill: pillOf(state, reading, now), sentence: sentenceOf(state, reading, words, now),
    balls: ballsOf(state), waited: input.teams.map((team) => ({ team: team.id, ms: waitedMs(state, team.id, new Date(state.openedAt), now, team.workingHours) })),
    rail: railOf(state, reading, input.teams), gates: reading.gates.map((standing) => gateView(shown, reading, standing)),
    steps: stepViews(state), soak: reading.soak, ...movement(shown), stableAt: state.stableAt, end: state.end,
    freeze: reading.freeze && { id: reading.freeze.id, to: reading.freeze.to, zone: reading.freeze.zone, reason: reading.freeze.reason },
    atRisk: reading.atRisk, unmeasured: reading.unmeasured,
    breakGlass: Object.values(state.gates).flatMap((gate) => gate.signOffs.filter((s) => s.isBreakGlass && !s.withdrawn).map((s) => ({ gateId: gate.id, by: person(s.by), at: s.at, reason: s.comment ? say(s.comment) : '' }))),
    mustContain: state.mustContain.map((m) => ({ releaseId: m.releaseId, code: m.code, label: m.label, isStated: state.containsFixOf.some((c) => c.releaseId === m.releaseId) })),
    siblings: world.siblings.filter((s) => s.id !== state.id).map((s) => ({ id: s.id, code: s.code, label: s.candidate.label, phase: readRelease(s, [], now).phase })),
    rollBackProposals: (state.rollBackProposals ?? []).toReversed().map((one) => proposalView(one, say, (id) => person(id).name)),
    alerts: (state.alerts ?? []).toReversed().map((one) => alertView(one, say)), alerting: { ...alertingOf(state.alerting, state.selectors.candidate), isDefault: state.alerting === undefined },
    proposals: proposalViews(shown), decisions: decisionViews(shown), actions: actionViews(shown), comments: commentViews(shown, { gateId: null, itemId: null }),
    documents: documentViews(shown), panels: state.panels, nextStepBlockers: nextStepBlockers(ruling), can: probeAll(ruling),
    viewer: {
      personId: actor.kind === 'person' ? actor.personId : null, teams: actor.kind === 'person' ? actor.memberships.map((m) => m.team) : [], isAdmin: actor.kind === 'person' && actor.isAdmin,
      standsFor: actor.kind === 'person' ? actor.delegatedBy.map((d) => ({ ...person(d.personId), teams: d.memberships.map((m) => m.team) })) : [],
    },
  }
}
