/** Rules for what surrounds the judgement: comments, documents, actions, and the facts of the release that people change. */
import { refuse, type Outcome } from '@/lib/domain/aggregate'
import { stacksOf } from '@/lib/domain/preset/resolve'
import { same } from '@/lib/domain/same'
import { freeText } from '@/lib/domain/text'
import { isTheirs, ownerRefusal } from '@/lib/domain/work/action-rule'
import type { CommandOf } from './commands'
import { adopted, decideTemplate, notAdoptable } from './decide-adoption'
import { refuseTriggers } from './decide-alert'
import type { ReleaseChange } from './events'
import { specOfItem } from './measured'
import { forbidden, happened, isOutcome, itemOf, type BareEvent, type Ruling } from './ruling'
import { CANARY_FIRST, isEased, isFullTrafficLast } from './steps'
import type { Action, ItemState, Proposal } from './state'

export type RecordCommand = CommandOf<
  | 'comment' | 'attach-document' | 'remove-document' | 'pin-document' | 'review-document' | 'add-action' | 'complete-action' | 'state-fix-contained'
  | 'change' | 'replace-candidate' | 'change-risk' | 'confirm-change' | 'decline-change' | 'adopt-template' | 'adopt-separation'>

type DocumentCommand = CommandOf<'attach-document' | 'remove-document' | 'pin-document' | 'review-document'>

function decideDocument(ruling: Ruling, command: DocumentCommand): Outcome {
  const { state } = ruling
  const no = forbidden(ruling, command.type === 'attach-document' ? 'model.attach-document' : command.type === 'review-document' ? 'model.review-document' : 'model.change-document', command.type === 'review-document' ? { teams: [command.team] } : {})
  if (no) return no
  const document = state.documents.find((d) => d.id === command.documentId)
  if (command.type === 'attach-document') {
    if (document) return refuse('exists', 'This document is attached already.')
    if (state.documents.length >= 200) return refuse('blocked', 'A release holds at most 200 documents.')
    if (command.itemId) {
      const line = itemOf(ruling, command.itemId)
      if (isOutcome(line)) return line
    }
    if (command.gateId && !Object.hasOwn(state.gates, command.gateId)) return refuse('not-found', `There is no gate "${command.gateId}".`)
    const { type: _type, documentId, title, url, ...rest } = command
    return happened(ruling, { type: 'document-attached', document: { id: documentId, title: freeText(title), url: freeText(url), ...rest, reviewedBy: [], by: ruling.by, at: ruling.at } })
  }
  if (!document) return refuse('not-found', 'There is no such document on this release.')
  switch (command.type) {
    case 'remove-document':
      if (Object.values(state.items).some((item) => item.evidence.some((piece) => piece.documentId === document.id))) return refuse('blocked', 'It is evidence of an item; remove that first.')
      return happened(ruling, { type: 'document-removed', documentId: document.id })
    case 'pin-document': return happened(ruling, { type: 'document-pinned', documentId: document.id, pinnedRevision: command.pinnedRevision || null })
    case 'review-document': return happened(ruling, { type: 'document-reviewed', documentId: document.id, team: command.team })
  }
}

function changeOf(command: CommandOf<'change'>): ReleaseChange {
  const { change } = command
  if (change.part === 'rollback-plan') return { part: change.part, value: { ...change.value, triggers: freeText(change.value.triggers) } }
  if (change.part === 'feedback') return { part: change.part, value: { ...change.value, description: freeText(change.value.description) } }
  return change
}

function decideChange(ruling: Ruling, command: CommandOf<'change'>): Outcome {
  const no = forbidden(ruling, 'release.change')
  if (no) return no
  const { state } = ruling
  const { change } = command
  if (change.part === 'panels' && change.value.some((p) => p.query !== null && state.panels.find((old) => old.id === p.id)?.query !== p.query)) {
    const own = forbidden(ruling, 'release.own-query')
    if (own) return own
  }
  const isFact = change.part === 'claim' || change.part === 'serving' || change.part === 'evaluation' || change.part === 'steps' || change.part === 'rollback-plan'
  if (isFact && state.stableAt) return refuse('closed', 'The release is stable; what it was judged on stays as it was.')
  if (change.part === 'rollback-plan' && change.value.way === 'last-stable' && !state.lastStable) return refuse('invalid', 'Nothing is stable there yet, so there is nothing to go back to: plan to switch off or to run degraded.')
  const named = change.part === 'owners' ? Object.values(change.value) : change.part === 'on-call' ? [change.value] : change.part === 'rollback-plan' ? [change.value.deciderId] : []
  if (named.some((id) => id !== null && !ruling.world.people.some((p) => p.id === id))) return refuse('not-found', 'One of the people named is not known here.')
  if (change.part === 'rollback-plan') {
    const unfit = refuseTriggers(ruling, change.value.conditions ?? [])
    if (unfit) return unfit
  }
  if (change.part === 'selectors') return decideSelectors(ruling, change.value, command.reason)
  if (change.part === 'panels') return decidePanels(ruling, change, command.reason)
  if (change.part === 'steps' && !isFullTrafficLast(state, change.value)) return refuse('invalid', CANARY_FIRST)
  if (change.part === 'steps' && (state.rollout || ruling.reading.phase === 'approved') && isEased(state.steps, change.value)) {
    return refuse('blocked', 'The go rests on these steps. More of them or longer soaks are fine; to go faster, a lead ends a soak early by a decision, or the go is recorded anew.')
  }
  if (change.part === 'steps' && state.rollout && !same(change.value.slice(0, state.rollout.stepIndex + 1), state.steps.slice(0, state.rollout.stepIndex + 1))) {
    return refuse('blocked', 'Steps that have begun cannot be changed; change those that follow.')
  }
  const changed: BareEvent = { type: 'release-changed', change: changeOf(command), reason: command.reason ? freeText(command.reason) : null }
  return restartsSoak(state, change.part) ? happened(ruling, changed, { type: 'soak-turned', condition: 'failing' }) : happened(ruling, changed)
}

/** Rule 9: a soak restarts when a part changes that its gate depends on; what the metrics say then follows by itself. */
function restartsSoak(state: Ruling['state'], part: CommandOf<'change'>['change']['part']): boolean {
  return state.rollout?.soak != null && state.template.gates.some((gate) => (gate.phase === 'rollout' || gate.phase === 'final') && gate.parts.some((one) => one === part))
}

/** Rule 11: other labels or another share query measure something else, so every reading is taken anew and sign-offs on them go stale. */
function decideSelectors(ruling: Ruling, value: Ruling['state']['selectors'], reason: string): Outcome {
  const { state } = ruling
  if (value.shareQuery !== null && value.shareQuery !== state.selectors.shareQuery) {
    const own = forbidden(ruling, 'release.own-query')
    if (own) return own
  }
  if (state.stableAt) return refuse('closed', 'The release is stable; what it was judged on stays as it was.')
  return measuredAnew(ruling, { part: 'selectors', value }, reason, () => true, 'Readings rest on these labels')
}

/** Rule 11: the presets of the panels say on which stack items are measured; another stack measures something else. */
function decidePanels(ruling: Ruling, change: Extract<ReleaseChange, { part: 'panels' }>, reason: string): Outcome {
  const { state } = ruling
  const isSame = stacksOf(change.value).join() === stacksOf(state.panels).join()
  if (isSame) return happened(ruling, { type: 'release-changed', change, reason: reason ? freeText(reason) : null })
  if (state.stableAt) return refuse('closed', 'The release is stable; what it was judged on stays as it was. Panels of the same stack can be added and removed.')
  return measuredAnew(ruling, change, reason, (item) => (specOfItem(item)?.query.kind ?? 'signal') !== 'promql', 'Readings rest on the stack of these panels')
}

/** Clears the readings that rest on what changes; a reason is asked where there are some, or sign-offs on them. */
function measuredAnew(ruling: Ruling, change: ReleaseChange, reason: string, isConcerned: (item: ItemState) => boolean, rested: string): Outcome {
  const { state } = ruling
  const rests = Object.values(state.items).filter((item) => item.metric !== null && isConcerned(item)
    && (item.verdict !== null || state.gates[item.gateId]?.signOffs.some((s) => !s.withdrawn) === true))
  if (rests.length > 0 && !reason.trim()) return refuse('invalid', `${rested}: say why they change. They are measured anew, and sign-offs on them have to be affirmed.`)
  const anew = rests.map((item): BareEvent => ({ type: 'item-changed', itemId: item.id, isRequired: item.isRequired, metric: item.metric, ask: item.ask, query: item.query, reason: freeText(reason) }))
  return happened(ruling, { type: 'release-changed', change, reason: reason ? freeText(reason) : null }, ...anew)
}

function decideCandidate(ruling: Ruling, command: CommandOf<'replace-candidate'>): Outcome {
  const no = forbidden(ruling, 'release.replace-candidate')
  if (no) return no
  const { version, live } = ruling.world
  const { state } = ruling
  if (!version || version.id !== command.versionId) return refuse('not-found', 'There is no such version of this model.')
  if (state.rollout) return refuse('blocked', 'Traffic may be on the candidate: roll it back or stand it down first.')
  if (state.stableAt) return refuse('closed', 'It is stable; open a new release.')
  if (version.id === state.candidate.versionId) return refuse('exists', 'This version is the candidate already.')
  const held = live?.held.find((h) => h.versionId === version.id && !h.lifted)
  if (held) return refuse('blocked', `Version ${held.label} is held since its roll-back: write the cause down on the model first.`)
  const { id: versionId, ...rest } = version
  const replaced = { type: 'candidate-replaced' as const, candidate: { versionId, ...rest }, reason: freeText(command.reason) }
  const selectors = followingLabels(state, version.label)
  return selectors ? happened(ruling, replaced, { type: 'release-changed', change: { part: 'selectors', value: selectors }, reason: null }) : happened(ruling, replaced)
}

/** Labels that name the old candidate name the new one from now on: a verdict about a version must not be measured on its predecessor. */
function followingLabels({ selectors, candidate }: Ruling['state'], label: string) {
  const followed = Object.entries(selectors.candidate).map(([name, value]) => [name, value === candidate.label ? label : value] as const)
  if (followed.every(([name, value]) => selectors.candidate[name] === value)) return null
  return { ...selectors, candidate: Object.fromEntries(followed) }
}

const TIER = { low: 0, medium: 1, high: 2 } as const

function decideRisk(ruling: Ruling, command: CommandOf<'change-risk'>): Outcome {
  const no = forbidden(ruling, 'release.change-rule', { teams: ruling.world.teams.map((t) => t.id) })
  if (no) return no
  const { state, world } = ruling
  if (command.risk === state.risk) return refuse('exists', `The risk is ${state.risk} already.`)
  const separation = world.separation[command.risk]
  if (TIER[command.risk] > TIER[state.risk]) return happened(ruling, { type: 'risk-changed', risk: command.risk, separation, reason: freeText(command.reason) })
  if (state.proposals.some((p) => p.change.kind === 'risk')) return refuse('exists', 'A lower risk waits for a second team already.')
  const proposal: Proposal = {
    id: ruling.freshId('proposal-risk'), reason: freeText(command.reason), by: ruling.by, at: ruling.at,
    byTeams: ruling.actor.kind === 'person' ? ruling.actor.memberships.map((m) => m.team) : [], change: { kind: 'risk', risk: command.risk, separation },
  }
  return happened(ruling, { type: 'change-proposed', proposal })
}

/** Rule 11: loosening needs a member of another team than the proposer's. */
function decideProposal(ruling: Ruling, command: CommandOf<'confirm-change' | 'decline-change'>): Outcome {
  const proposal = ruling.state.proposals.find((p) => p.id === command.proposalId)
  if (!proposal) return refuse('not-found', 'There is no such proposal (any more).')
  const isOther = ruling.actor.kind === 'person' && proposal.by !== ruling.by && ruling.actor.memberships.some((m) => !proposal.byTeams.includes(m.team))
  if (command.type === 'decline-change') {
    if (!isOther && proposal.by !== ruling.by) return refuse('forbidden', 'The proposer, or a member of another team, may decline it.')
    return happened(ruling, { type: 'proposal-closed', proposalId: proposal.id, isConfirmed: false, reason: freeText(command.reason) })
  }
  if (!isOther) return refuse('forbidden', 'Loosening needs a member of another team than the proposer\'s (rule 11).')
  const closed = { type: 'proposal-closed' as const, proposalId: proposal.id, isConfirmed: true, reason: null }
  if (proposal.change.kind === 'risk') {
    return happened(ruling, { type: 'risk-changed', risk: proposal.change.risk, separation: proposal.change.separation, reason: proposal.reason }, closed)
  }
  if (proposal.change.kind === 'template') {
    const no = notAdoptable(ruling, proposal.change.revision)
    if (no) return no
    return happened(ruling, ...adopted(ruling, proposal.change, proposal.reason), closed)
  }
  const { kind: _kind, ...change } = proposal.change
  return happened(ruling, { type: 'item-changed', ...change, reason: proposal.reason }, closed)
}

/** What an action follows from, by the name under which the release knows it. */
function sourceOf({ state }: Ruling, { from, checkInId }: CommandOf<'add-action'>): Pick<Action, 'source' | 'sourceId'> | Outcome {
  if (!from) return checkInId ? { source: 'check-in', sourceId: checkInId } : { source: 'manual', sourceId: null }
  const isKnown = {
    decision: () => state.decisions.some((one) => `D-${one.number}` === from.id),
    rejection: () => Object.values(state.gates).some((gate) => gate.rejections.some((one) => one.id === from.id)),
    waiver: () => state.items[from.id]?.waiver != null,
  }[from.kind]()
  return isKnown ? { source: from.kind, sourceId: from.id } : refuse('not-found', `There is no such ${from.kind} on this release.`)
}

/** Decides a command that adds to the record or changes the facts of the release. */
export function decideRecord(ruling: Ruling, command: RecordCommand): Outcome {
  const { state } = ruling
  switch (command.type) {
    case 'comment': {
      const no = forbidden(ruling, 'release.comment')
      if (no) return no
      if (state.comments.some((c) => c.id === command.commentId)) return refuse('exists', 'This comment is there already.')
      if (command.gateId !== null && !Object.hasOwn(state.gates, command.gateId)) return refuse('not-found', `There is no gate "${command.gateId}".`)
      if (command.itemId !== null && !Object.hasOwn(state.items, command.itemId)) return refuse('not-found', `There is no item "${command.itemId}".`)
      if (command.mentions.some((id) => !ruling.world.people.some((p) => p.id === id))) return refuse('not-found', 'One of the people mentioned is not known here.')
      return happened(ruling, { type: 'commented', comment: { id: command.commentId, gateId: command.gateId, itemId: command.itemId, text: freeText(command.text), mentions: command.mentions, by: ruling.by, name: freeText(ruling.actor.name), at: ruling.at } })
    }
    case 'attach-document': case 'remove-document': case 'pin-document': case 'review-document': return decideDocument(ruling, command)
    case 'add-action': {
      const no = forbidden(ruling, 'release.work')
      if (no) return no
      if (state.actions.some((a) => a.id === command.actionId)) return refuse('exists', 'This action is there already.')
      const from = sourceOf(ruling, command)
      if (isOutcome(from)) return from
      const stranger = ownerRefusal(command, ruling.world)
      if (stranger) return { ok: false, refusal: stranger }
      return happened(ruling, { type: 'action-added', action: { id: command.actionId, ...from, title: freeText(command.title), ownerId: command.ownerId, team: command.team, dueAt: command.dueAt, by: ruling.by, at: ruling.at, done: null } })
    }
    case 'complete-action': {
      const no = forbidden(ruling, 'release.work')
      if (no) return no
      const action = state.actions.find((a) => a.id === command.actionId)
      if (!action) return refuse('not-found', 'There is no such action.')
      if (action.done) return refuse('exists', action.done.isDropped ? 'It was dropped already.' : 'It is done already.')
      if (action.source === 'break-glass' && action.by === ruling.by) return refuse('forbidden', 'Who broke the glass does not review it; someone else does (rule 19).')
      if (!isTheirs(action, ruling.actor, ruling.by)) return refuse('forbidden', 'Its owner or a member of its team closes it.')
      if (action.source === 'roll-back' && !command.note.trim()) return refuse('invalid', 'Write the cause and the options down; that is what this action asks.')
      return happened(ruling, { type: 'action-completed', actionId: action.id, note: freeText(command.note) })
    }
    case 'state-fix-contained': {
      const no = forbidden(ruling, 'release.change')
      if (no) return no
      if (!state.mustContain.some((m) => m.releaseId === command.releaseId)) return refuse('not-found', 'No such release has overtaken this one.')
      return happened(ruling, { type: 'fix-stated', releaseId: command.releaseId, note: freeText(command.note) })
    }
    case 'change': return decideChange(ruling, command)
    case 'replace-candidate': return decideCandidate(ruling, command)
    case 'change-risk': return decideRisk(ruling, command)
    case 'confirm-change': case 'decline-change': return decideProposal(ruling, command)
    case 'adopt-template': return decideTemplate(ruling, command)
    case 'adopt-separation': {
      const no = forbidden(ruling, 'release.change')
      if (no) return no
      const separation = ruling.world.separation[state.risk]
      if (separation === state.separation) return refuse('exists', `The release follows ${separation} separation already.`)
      return happened(ruling, { type: 'separation-adopted', separation })
    }
  }
}
