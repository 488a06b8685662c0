/** Rules for the lines of a gate: ticks, notes, evidence, values, not-applicable, waivers, and changes of the rule itself (PRODUCT rules 10, 11, 20). */
import { isInTeam } from '@/lib/domain/actor'
import { refuse, type Outcome } from '@/lib/domain/aggregate'
import { freeText } from '@/lib/domain/text'
import type { MetricAsk, ValueAsk } from '@/lib/domain/template/template'
import type { CommandOf } from './commands'
import { decideMetric } from './decide-metric'
import { partsOf, pickParts } from './fingerprint'
import { FEW_POINTS, frozenOf } from './frozen'
import { forbidden, happened, isOutcome, itemOf, ownersOf, personName, type Line, type Ruling } from './ruling'
import type { Evidence, ItemState, Proposal } from './state'

export type ItemCommand = CommandOf<
  | 'tick' | 'set-note' | 'add-evidence' | 'remove-evidence' | 'record-value' | 'assign-item' | 'mark-not-applicable' | 'counter-sign-not-applicable'
  | 'withdraw-not-applicable' | 'request-waiver' | 'approve-waiver' | 'end-waiver' | 'change-item' | 'change-metric'>

function evidenceOf(command: CommandOf<'add-evidence'>, ruling: Ruling): Evidence {
  const { evidence } = command
  const base = { id: command.evidenceId, kind: evidence.kind, title: freeText(evidence.title), url: null, documentId: null, decisionNumber: null, file: null, counts: null, by: ruling.by, at: ruling.at }
  switch (evidence.kind) {
    case 'link': return { ...base, url: freeText(evidence.url) }
    case 'document': return { ...base, documentId: evidence.documentId }
    case 'decision': return { ...base, decisionNumber: evidence.decisionNumber }
    case 'file': return { ...base, file: ruling.world.storedFile }
    case 'result': return {
      ...base, counts: { format: evidence.format, passed: evidence.passed, failed: evidence.failed, skipped: evidence.skipped },
      file: evidence.hash ? ruling.world.storedFile : null,
    }
  }
}

function decideEvidence(ruling: Ruling, line: Line, command: CommandOf<'add-evidence'>): Outcome {
  if (line.item.kind === 'metric' || line.item.kind === 'computed') return refuse('blocked', 'This item is measured; evidence cannot stand in for it. Ask for a waiver instead.')
  if (line.item.evidence.some((piece) => piece.id === command.evidenceId)) return refuse('exists', 'This evidence is there already.')
  if (line.item.evidence.length >= 100) return refuse('blocked', 'An item holds at most 100 pieces of evidence.')
  const piece = command.evidence
  if (piece.kind === 'document' && !ruling.state.documents.some((d) => d.id === piece.documentId)) return refuse('not-found', 'There is no such document on this release; attach it first.')
  if (piece.kind === 'decision' && !ruling.state.decisions.some((d) => d.number === piece.decisionNumber)) return refuse('not-found', `There is no decision D-${piece.decisionNumber} on this release.`)
  const hash = piece.kind === 'file' || piece.kind === 'result' ? piece.hash : null
  if (hash !== null && ruling.world.storedFile?.hash !== hash) return refuse('not-found', `No file with the hash ${hash.slice(0, 12)}… is stored here. Upload it first (POST /api/v1/files), then name the hash that it answers.`)
  return happened(ruling, { type: 'evidence-added', itemId: line.item.id, evidence: evidenceOf(command, ruling) })
}

function decideNote(ruling: Ruling, line: Line, command: CommandOf<'set-note'>): Outcome {
  const version = line.item.note?.version ?? 0
  if (command.expects !== version) {
    const who = line.item.note ? personName(ruling, line.item.note.by) : 'someone'
    return refuse('stale', `${who} changed this note while you wrote. Both texts are kept here: choose one, or join them.`)
  }
  return happened(ruling, { type: 'note-set', itemId: line.item.id, text: freeText(command.text), version: version + 1 })
}

function decideNotApplicable(ruling: Ruling, line: Line, command: CommandOf<'mark-not-applicable' | 'counter-sign-not-applicable' | 'withdraw-not-applicable'>): Outcome {
  const { item, standing } = line
  const mark = item.notApplicable
  if (command.type === 'mark-not-applicable') {
    const template = standing.gate.items.find((one) => one.id === item.id)
    if (!template?.allowsNotApplicable) return refuse('blocked', 'The template does not let this item be not applicable. A waiver with an end date is the way.')
    if (mark) return refuse('exists', 'It is marked as not applicable already.')
    const team = ruling.actor.kind === 'person' ? (ownersOf(standing.gate).find((owner) => isInTeam(ruling.actor, owner)) ?? ruling.actor.memberships[0]?.team) : undefined
    if (!team) return refuse('forbidden', 'Only a member of a team may mark an item as not applicable.')
    return happened(ruling, {
      type: 'not-applicable-marked', itemId: item.id,
      mark: { reason: freeText(command.reason), by: ruling.by, byTeam: team, at: ruling.at, counterSignedBy: null, counterSignedAt: null },
    })
  }
  if (!mark) return refuse('not-found', 'This item is not marked as not applicable.')
  if (command.type === 'withdraw-not-applicable') return happened(ruling, { type: 'not-applicable-withdrawn', itemId: item.id })
  if (mark.counterSignedBy) return refuse('exists', 'It is counter-signed already.')
  const isOther = ruling.actor.kind === 'person' && mark.by !== ruling.by && ruling.actor.memberships.some((m) => m.team !== mark.byTeam)
  if (!isOther) return refuse('forbidden', 'Someone else, from another team, has to counter-sign that it does not apply.')
  return happened(ruling, { type: 'not-applicable-counter-signed', itemId: item.id })
}

function decideWaiver(ruling: Ruling, line: Line, command: CommandOf<'request-waiver' | 'approve-waiver' | 'end-waiver'>): Outcome {
  const { item, standing } = line
  const { waiver } = item
  const ended = waiver !== null && Date.parse(waiver.until) <= ruling.now.getTime()
  if (command.type === 'request-waiver') {
    if (item.computed === 'steps-soaked' || item.computed === 'final-soak') return refuse('blocked', 'A soak is not waived: a lead ends it early by a decision with its reason (rule 9).')
    if (Date.parse(command.until) <= ruling.now.getTime()) return refuse('invalid', 'A waiver ends in the future; choose a later date.')
    if (waiver && !ended && waiver.state === 'requested') return refuse('exists', 'A waiver is asked for already and waits for approval.')
    return happened(ruling, {
      type: 'waiver-requested', itemId: item.id,
      waiver: { state: 'requested', reason: freeText(command.reason), until: command.until, requestedBy: ruling.by, requestedAt: ruling.at, approvedBy: null, approvedAt: null, parts: {} },
    })
  }
  if (!waiver) return refuse('not-found', 'There is no waiver on this item.')
  if (command.type === 'end-waiver') return happened(ruling, { type: 'waiver-ended', itemId: item.id, reason: freeText(command.reason) })
  if (waiver.state === 'approved') return refuse('exists', 'This waiver is approved already.')
  if (ended) return refuse('blocked', 'The waiver that was asked for has ended meanwhile; ask again with a later date.')
  if (waiver.requestedBy === ruling.by) return refuse('forbidden', 'Whoever asked for a waiver cannot approve it; someone else has to.')
  const signing = standing.rule.teams.map((entry) => entry.team)
  const isEverywhere = ruling.world.teams.every((team) => signing.includes(team.id))
  const isSmall = ruling.state.separation === 'small-team'
  const no = forbidden(ruling, isSmall || isEverywhere ? 'release.approve-waiver-small-team' : 'release.approve-waiver', { teams: signing })
  if (no) return no
  const frozen = frozenOf(ruling.state, item, ruling.world.readings?.get(item.id), FEW_POINTS)
  return happened(ruling, { type: 'waiver-approved', itemId: item.id, parts: pickParts(partsOf(ruling.state), standing.gate.parts), ...(frozen ? { frozen } : {}) })
}

/** Whether a change asks less than before; a query that reads otherwise may ask less, so it counts as such (rule 11). */
function isLoosening(item: ItemState, isRequired: boolean, metric: MetricAsk | null, ask: ValueAsk | null, query: string | null): boolean {
  if (item.isRequired && !isRequired) return true
  if (query !== item.query) return true
  const before = item.metric?.rule
  const after = metric?.rule
  if (before && after) {
    if (before.threshold !== null && after.threshold !== null && (before.comparison === 'at-most' ? after.threshold > before.threshold : after.threshold < before.threshold)) return true
    if (before.timesStable !== undefined && (after.timesStable === undefined || (before.comparison === 'at-most' ? after.timesStable > before.timesStable : after.timesStable < before.timesStable))) return true
  }
  if (item.ask?.target != null && ask?.target != null) {
    return item.ask.direction === 'at-most' ? ask.target > item.ask.target : ask.target < item.ask.target
  }
  return item.ask?.target != null && ask?.target == null
}

function decideChange(ruling: Ruling, line: Line, command: CommandOf<'change-item'>): Outcome {
  const { item } = line
  if (item.spec || item.metric?.test) return refuse('invalid', `Item ${item.id} has a measurement of its own; change that as a whole.`)
  if (command.query !== item.query) {
    const no = forbidden(ruling, 'release.own-query')
    if (no) return no
  }
  const metric: MetricAsk | null = item.metric && command.metric
    ? { ...item.metric, rule: ruleWith(item.metric.rule, command.metric) } : item.metric
  const ask: ValueAsk | null = item.ask && { ...item.ask, target: command.target }
  const isLess = isLoosening(item, command.isRequired, metric, ask, command.query)
  if (!isLess) return happened(ruling, { type: 'item-changed', itemId: item.id, isRequired: command.isRequired, metric, ask, query: command.query, reason: freeText(command.reason) })
  const proposal: Proposal = {
    id: ruling.freshId(`proposal-${item.id}`), reason: freeText(command.reason), by: ruling.by, at: ruling.at,
    byTeams: ruling.actor.kind === 'person' ? ruling.actor.memberships.map((m) => m.team) : [],
    change: { kind: 'item', itemId: item.id, isRequired: command.isRequired, metric, ask, query: command.query },
  }
  if (ruling.state.proposals.some((p) => p.change.kind === 'item' && p.change.itemId === item.id)) return refuse('exists', 'A change of this item waits for a second team already.')
  return happened(ruling, { type: 'change-proposed', proposal })
}

function ruleWith(rule: MetricAsk['rule'], change: { readonly threshold: number; readonly timesStable: number | null }): MetricAsk['rule'] {
  const { timesStable: _before, ...rest } = rule
  return change.timesStable === null ? { ...rest, threshold: change.threshold } : { ...rest, threshold: change.threshold, timesStable: change.timesStable }
}

const ACTIONS = {
  tick: 'release.work', 'set-note': 'release.work', 'add-evidence': 'release.add-evidence', 'remove-evidence': 'release.work', 'record-value': 'release.set-value',
  'assign-item': 'release.work', 'mark-not-applicable': 'release.mark-not-applicable', 'counter-sign-not-applicable': 'release.counter-sign',
  'withdraw-not-applicable': 'release.mark-not-applicable', 'request-waiver': 'release.request-waiver', 'end-waiver': 'release.request-waiver', 'change-item': 'release.change-rule', 'change-metric': 'release.change-rule',
} as const

/** Decides a command on one item. Refused: roles, unknown items, items that the tier does not ask, and the rules named above. */
export function decideItem(ruling: Ruling, command: ItemCommand): Outcome {
  const line = itemOf(ruling, command.itemId)
  if (isOutcome(line)) return line
  const no = command.type === 'approve-waiver' ? null : forbidden(ruling, ACTIONS[command.type], { teams: ownersOf(line.standing.gate) })
  if (no) return no
  const { item } = line
  switch (command.type) {
    case 'tick':
      if (item.kind !== 'check') return refuse('invalid', `Item ${item.id} is no check; it wants ${item.kind === 'metric' ? 'a measurement' : item.kind}.`)
      if (ruling.actor.kind !== 'person') return refuse('forbidden', 'A token may supply evidence and values; ticking is for people (rule 20).')
      return happened(ruling, { type: 'item-ticked', itemId: item.id, isDone: command.isDone })
    case 'set-note': return decideNote(ruling, line, command)
    case 'add-evidence': return decideEvidence(ruling, line, command)
    case 'remove-evidence':
      if (!item.evidence.some((piece) => piece.id === command.evidenceId)) return refuse('not-found', 'This evidence is not there (any more).')
      return happened(ruling, { type: 'evidence-removed', itemId: item.id, evidenceId: command.evidenceId, reason: freeText(command.reason) })
    case 'record-value':
      if (item.kind !== 'value') return refuse('invalid', `Item ${item.id} takes no value.`)
      return happened(ruling, { type: 'value-recorded', itemId: item.id, value: command.value })
    case 'assign-item':
      if (command.personId && !ruling.world.people.some((p) => p.id === command.personId)) return refuse('not-found', 'There is no such person.')
      return happened(ruling, { type: 'item-assigned', itemId: item.id, personId: command.personId })
    case 'mark-not-applicable':
    case 'counter-sign-not-applicable':
    case 'withdraw-not-applicable': return decideNotApplicable(ruling, line, command)
    case 'request-waiver':
    case 'approve-waiver':
    case 'end-waiver': return decideWaiver(ruling, line, command)
    case 'change-item': return decideChange(ruling, line, command)
    case 'change-metric': return decideMetric(ruling, line, command)
  }
}
