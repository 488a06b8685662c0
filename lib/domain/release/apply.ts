/** Folds the events of a release into its state; the only way that this state changes, and pure, so that the log gives the state back. */
import { itemsForTier, type GateTemplate } from '@/lib/domain/template/template'
import { applyAlert } from './apply-alert'
import { applyRollout } from './apply-rollout'
import { moved } from '@/lib/domain/work/action-rule'
import type { EventOf, Opening, ReleaseChange, ReleaseEvent } from './events'
import type { GateState, ItemState, ReleaseState } from './state'
import { differences, partsOf, pickParts } from './fingerprint'
import { courseAfter } from './course'
import { readRelease } from './phase'
import { settleWaits } from './waiting'

function freshItem(gate: GateTemplate, line: GateTemplate['items'][number], hasBaseline: boolean): ItemState {
  return {
    id: line.id, gateId: gate.id, kind: line.kind, isRequired: line.isRequired,
    title: hasBaseline ? line.title : (line.titleWithoutBaseline ?? line.title),
    computed: line.kind === 'computed' ? line.computed : null,
    metric: line.kind === 'metric' ? line.metric : null,
    ask: line.kind === 'value' ? line.value : null,
    query: null, check: null, note: null, evidence: [], value: null, verdict: null, notApplicable: null, waiver: null, assigneeId: null, revision: 0,
  }
}

function freshGate(id: string): GateState {
  return { id, dueAt: null, signOffs: [], rejections: [], reopened: [], inherited: null }
}

/** The item with the target or limit that was given when the release was opened. */
function limited(item: ItemState, limit: number | undefined): ItemState {
  if (limit === undefined) return item
  return { ...item, ask: item.ask && { ...item.ask, target: limit }, metric: item.metric && { ...item.metric, rule: { ...item.metric.rule, threshold: limit } } }
}

function opened({ limits, ...opening }: Opening, at: string, by: string): ReleaseState {
  const gates = opening.template.gates
  return {
    ...opening,
    previousCandidates: [],
    gates: Object.fromEntries(gates.map((gate) => [gate.id, freshGate(gate.id)])),
    items: Object.fromEntries(gates.flatMap((gate) => gate.items.map((line) => [line.id, limited(freshItem(gate, line, opening.baseline !== null), limits?.[line.id])]))),
    decisions: [], actions: [], comments: [], documents: [], proposals: [], hold: null, freezeExceptions: [], containsFixOf: [], mustContain: [],
    rollout: null, rollBack: null, stableAt: null, end: null, openedAt: at, openedBy: by, changedAt: at, waits: [],
  }
}

function changed(state: ReleaseState, change: ReleaseChange): ReleaseState {
  switch (change.part) {
    case 'claim': return { ...state, claim: change.value }
    case 'serving': return { ...state, serving: change.value }
    case 'evaluation': return { ...state, evaluation: change.value }
    case 'steps': return { ...state, steps: change.value }
    case 'rollback-plan': return { ...state, rollbackPlan: change.value }
    case 'feedback': return { ...state, feedback: change.value }
    case 'target': return { ...state, targetAt: change.value }
    case 'owners': return { ...state, owners: change.value }
    case 'on-call': return { ...state, onCallId: change.value }
    case 'panels': return { ...state, panels: change.value }
    case 'selectors': return { ...state, selectors: change.value }
  }
}

function withItem(state: ReleaseState, id: string, change: (item: ItemState) => ItemState): ReleaseState {
  const item = state.items[id]
  return item ? { ...state, items: { ...state.items, [id]: change(item) } } : state
}

function withGate(state: ReleaseState, id: string, change: (gate: GateState) => GateState): ReleaseState {
  const gate = state.gates[id]
  return gate ? { ...state, gates: { ...state.gates, [id]: change(gate) } } : state
}

/** Keeps what was gathered for lines that stay; new lines begin empty; removed lines leave the checklist but stay in the log. */
function adopted(state: ReleaseState, event: EventOf<'template-adopted'>): ReleaseState {
  const items = event.gates.flatMap((gate) => gate.items.map((line): [string, ItemState] => {
    const fresh = freshItem(gate, line, state.baseline !== null)
    const old = state.items[line.id]
    return [line.id, old && old.kind === fresh.kind ? { ...old, gateId: gate.id, title: fresh.title, isRequired: fresh.isRequired, computed: fresh.computed } : fresh]
  }))
  return {
    ...state,
    template: { ...state.template, revision: event.revision, name: event.name, gates: event.gates, deferred: event.deferred },
    gates: Object.fromEntries(event.gates.map((gate) => [gate.id, state.gates[gate.id] ?? freshGate(gate.id)])),
    items: Object.fromEntries(items),
  }
}

/** An own measurement stays while the line is asked as before; a change of the line that says nothing of it puts the line in its place. */
function specAfter(item: ItemState, event: EventOf<'item-changed'>): Pick<ItemState, 'spec'> {
  if (event.spec !== undefined) return { spec: event.spec }
  const isSame = JSON.stringify([item.metric, item.query]) === JSON.stringify([event.metric, event.query])
  return isSame || !item.spec ? {} : { spec: null }
}

function applyItem(state: ReleaseState, event: ReleaseEvent): ReleaseState | null {
  switch (event.type) {
    case 'item-changed': return withItem(state, event.itemId, (item) => ({
      ...item, isRequired: event.isRequired, metric: event.metric, ask: event.ask, query: event.query, verdict: null, revision: item.revision + 1, ...specAfter(item, event),
    }))
    case 'item-ticked': return withItem(state, event.itemId, (item) => ({ ...item, check: { isDone: event.isDone, by: event.by, at: event.at } }))
    case 'note-set': return withItem(state, event.itemId, (item) => ({ ...item, note: { text: event.text, version: event.version, by: event.by, at: event.at } }))
    case 'evidence-added': return withItem(state, event.itemId, (item) => ({ ...item, evidence: [...item.evidence, event.evidence] }))
    case 'evidence-removed': return withItem(state, event.itemId, (item) => ({ ...item, evidence: item.evidence.filter((piece) => piece.id !== event.evidenceId) }))
    case 'value-recorded': return withItem(state, event.itemId, (item) => ({ ...item, value: { value: event.value, by: event.by, at: event.at } }))
    case 'item-assigned': return withItem(state, event.itemId, (item) => ({ ...item, assigneeId: event.personId }))
    case 'not-applicable-marked': return withItem(state, event.itemId, (item) => ({ ...item, notApplicable: event.mark }))
    case 'not-applicable-counter-signed': return withItem(state, event.itemId, (item) => ({
      ...item, notApplicable: item.notApplicable && { ...item.notApplicable, counterSignedBy: event.by, counterSignedAt: event.at },
    }))
    case 'not-applicable-withdrawn': return withItem(state, event.itemId, (item) => ({ ...item, notApplicable: null }))
    case 'waiver-requested': return withItem(state, event.itemId, (item) => ({ ...item, waiver: event.waiver }))
    case 'waiver-approved': return withItem(state, event.itemId, (item) => ({
      ...item, waiver: item.waiver && { ...item.waiver, state: 'approved', approvedBy: event.by, approvedAt: event.at, parts: event.parts, ...(event.frozen ? { frozen: event.frozen } : {}) },
    }))
    case 'waiver-ended': return withItem(state, event.itemId, (item) => ({ ...item, waiver: null }))
    case 'verdict-turned': return withItem(state, event.itemId, (item) => ({ ...item, verdict: event.verdict }))
    default: return null
  }
}

function applyGate(state: ReleaseState, event: ReleaseEvent): ReleaseState | null {
  switch (event.type) {
    case 'due-set': return withGate(state, event.gateId, (gate) => ({ ...gate, dueAt: event.dueAt }))
    case 'signed-off': return withGate(state, event.gateId, (gate) => ({ ...gate, signOffs: [...gate.signOffs, event.signOff] }))
    case 'sign-off-withdrawn': return withGate(state, event.gateId, (gate) => ({
      ...gate, signOffs: gate.signOffs.map((s) => (s.id === event.signOffId ? { ...s, withdrawn: { at: event.at, by: event.by, reason: event.reason } } : s)),
    }))
    case 'rejected': return withGate(state, event.gateId, (gate) => ({ ...gate, rejections: [...gate.rejections, event.rejection] }))
    case 'rejection-lifted': return withGate(state, event.gateId, (gate) => ({
      ...gate, rejections: gate.rejections.map((r) => (r.id === event.rejectionId ? { ...r, lifted: { at: event.at, by: event.leads, kind: event.kind, reason: event.reason } } : r)),
    }))
    case 'override-asked': return withGate(state, event.gateId, (gate) => ({
      ...gate, rejections: gate.rejections.map((r) => (r.id === event.rejectionId ? { ...r, overrideAsked: [...r.overrideAsked, { by: event.by, team: event.team, at: event.at }] } : r)),
    }))
    case 'gate-reopened': return withGate(state, event.gateId, (gate) => ({
      ...gate, inherited: null, reopened: [...gate.reopened, { at: event.at, by: event.by, reason: event.reason }],
      signOffs: gate.signOffs.map((s) => (s.withdrawn ? s : { ...s, withdrawn: { at: event.at, by: event.by, reason: event.reason } })),
    }))
    case 'gate-inherited': return withGate(state, event.gateId, (gate) => ({ ...gate, inherited: { releaseId: event.releaseId, code: event.code, at: event.at, by: event.by } }))
    default: return null
  }
}

function applyRecord(state: ReleaseState, event: ReleaseEvent): ReleaseState | null {
  const documents = (change: (d: ReleaseState['documents'][number]) => ReleaseState['documents'][number], id: string) =>
    ({ ...state, documents: state.documents.map((d) => (d.id === id ? change(d) : d)) })
  switch (event.type) {
    case 'commented': return { ...state, comments: [...state.comments, event.comment] }
    case 'document-attached': return { ...state, documents: [...state.documents, event.document] }
    case 'document-removed': return { ...state, documents: state.documents.filter((d) => d.id !== event.documentId) }
    case 'document-pinned': return documents((d) => ({ ...d, pinnedRevision: event.pinnedRevision, reviewedBy: [] }), event.documentId)
    case 'document-reviewed': return documents((d) => ({ ...d, reviewedBy: [...d.reviewedBy.filter((r) => r.team !== event.team), { team: event.team, by: event.by, at: event.at }] }), event.documentId)
    case 'decided': return {
      ...state,
      decisions: [...state.decisions.map((d) => (d.number === event.decision.supersedes ? { ...d, supersededBy: event.decision.number } : d)), event.decision],
    }
    case 'held': return { ...state, hold: { at: event.at, by: event.by, decision: event.decision, reason: event.reason } }
    case 'resumed': return { ...state, hold: null }
    case 'cancelled': return { ...state, end: { kind: event.as, at: event.at } }
    case 'freeze-exception-granted': return { ...state, freezeExceptions: [...state.freezeExceptions, { freezeId: event.freezeId, until: event.until, by: event.by, decision: event.decision }] }
    case 'action-added': return { ...state, actions: [...state.actions, event.action] }
    case 'action-completed': return { ...state, actions: state.actions.map((a) => (a.id === event.actionId ? { ...a, done: { by: event.by, at: event.at, note: event.note } } : a)) }
    case 'action-snoozed': case 'action-reassigned': case 'action-changed': case 'action-dropped': return { ...state, actions: state.actions.map((one) => moved(one, event)) }
    case 'decision-confirmed': return { ...state, decisions: state.decisions.map((d) => (d.number === event.number ? { ...d, checks: [...(d.checks ?? []), event.check] } : d)) }
    case 'fix-stated': return { ...state, containsFixOf: [...state.containsFixOf, { releaseId: event.releaseId, by: event.by, at: event.at, note: event.note }] }
    default: return null
  }
}

function applyShape(state: ReleaseState, event: ReleaseEvent): ReleaseState | null {
  switch (event.type) {
    case 'release-changed': return changed(state, event.change)
    case 'candidate-replaced': return {
      ...state, candidate: event.candidate,
      previousCandidates: [...state.previousCandidates, { candidate: state.candidate, replacedAt: event.at, reason: event.reason, by: event.by }],
      // Metric verdicts were measured on the old candidate; its successor starts unmeasured.
      items: Object.fromEntries(Object.entries(state.items).map(([id, item]) => [id, item.kind === 'metric' ? { ...item, verdict: null } : item])),
      mustContain: [],
    }
    case 'risk-changed': return { ...state, risk: event.risk, separation: event.separation }
    case 'separation-adopted': return { ...state, separation: event.separation }
    case 'change-proposed': return { ...state, proposals: [...state.proposals, event.proposal] }
    case 'proposal-closed': return { ...state, proposals: state.proposals.filter((p) => p.id !== event.proposalId) }
    case 'template-adopted': return adopted(state, event)
    case 'last-stable-moved': return {
      ...state, lastStable: event.lastStable, baseline: event.lastStable ?? state.baseline,
      // What was compared with the old stable version has to be measured against the new one (rule 15).
      items: Object.fromEntries(Object.entries(state.items).map(([id, item]) => [id, item.metric?.rule.timesStable || item.spec?.rule.test.kind === 'stable' ? { ...item, verdict: null, revision: item.revision + 1 } : item])),
      mustContain: event.isOvertaken && event.releaseId
        ? [...state.mustContain, { releaseId: event.releaseId, code: event.code, label: event.label, at: event.at }] : state.mustContain,
    }
    default: return null
  }
}

/** An inherited gate is about the parts and the lines that it was taken over with; when one of them changes, it has to be worked here (rules 1 and 16). */
function withoutLapsedInheritance(before: ReleaseState, after: ReleaseState): ReleaseState {
  const lapsed = after.template.gates.filter((gate) => {
    const old = before.template.gates.find((one) => one.id === gate.id)
    if (!after.gates[gate.id]?.inherited || !old) return false
    const asked = new Set(itemsForTier(old, before.risk).map((line) => line.id))
    return differences(pickParts(partsOf(before), gate.parts), partsOf(after)).length > 0 || itemsForTier(gate, after.risk).some((line) => !asked.has(line.id))
  })
  return lapsed.reduce((state, { id }) => withGate(state, id, (gate) => ({ ...gate, inherited: null })), after)
}

/**
 * The state after one more event. In: the state so far (`null` before `release-opened`) and the event. Out: the new state, waits settled.
 * Throws when another event comes first, or when an event is unknown: a broken log.
 */
export function applyRelease(state: ReleaseState | null, event: ReleaseEvent): ReleaseState {
  return settled(applyPlainly(state, event), event)
}

/** The same without whom it waits for and how its gates turned, which cost more than all the rest: for who looks back at how lines stood. */
export function applyPlainly(state: ReleaseState | null, event: ReleaseEvent): ReleaseState {
  if (event.type === 'release-opened') return opened(event.opening, event.at, event.by)
  if (!state) throw new Error(`A release cannot begin with ${event.type}`)
  const next = applyItem(state, event) ?? applyGate(state, event) ?? applyRecord(state, event) ?? applyShape(state, event) ?? applyRollout(state, event) ?? applyAlert(state, event)
  if (!next) throw new Error(`Unknown event ${event.type}`)
  return withoutLapsedInheritance(state, { ...next, changedAt: event.at })
}

/** What follows from where the release stands after an event: whom it waits for, and how its gates turned. */
function settled(state: ReleaseState, event: ReleaseEvent): ReleaseState {
  const reading = readRelease(state, [], new Date(event.at))
  return { ...state, waits: settleWaits(state, reading, event.at), course: courseAfter(state.course, state, reading, event) }
}
