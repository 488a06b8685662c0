/** Asks `decide` beforehand what it would refuse, so that every button can say why before it is pressed; no rule runs in the browser. */
import type { Refusal } from '@/lib/domain/aggregate'
import type { ReleaseCommand } from './commands'
import { routeCommand } from './decide'
import { advanceBlockers, stepBlockers } from './decide-rollout'
import { openProposals } from './roll-back-proposal'
import type { Ruling } from './ruling'

/** Stands in for words that the person has not written yet; probes never reach the record. */
const WORDS = 'reason'
const FRESH = '00000000-0000-7000-8000-000000000000'

type Probe = Exclude<ReleaseCommand, { type: 'open-release' }>

function ask(ruling: Ruling, command: Probe): Refusal | null {
  const { end } = ruling.state
  const isOpenStill = command.type === 'comment' || command.type === 'complete-action' || command.type === 'confirm-decision' || command.type === 'reassign-action' || (command.type === 'roll-back' && end?.kind === 'closed')
  if (end && !isOpenStill) return { code: 'closed', message: `The release is ${end.kind.replace('-', ' ')}; its record stays as it is.` }
  const outcome = routeCommand(ruling, command)
  return outcome.ok ? null : outcome.refusal
}

const NO_DECISION = { title: WORDS, reason: WORDS, deciderIds: [], consultedIds: [], informedIds: [], consequences: '', confirmation: null, supersedes: null, checkInId: null, conditions: [], itemId: null, seen: null }

/** Whether this person may say that a decision held; of any that is not superseded, since the answer is the same for all. */
function confirmProbe({ state }: Ruling): readonly (readonly [string, Probe])[] {
  const number = state.decisions.find((one) => one.supersededBy === null)?.number
  return number === undefined ? [] : [['confirm-decision', { type: 'confirm-decision', number, outcome: 'held', note: WORDS, nextAt: null }]]
}

function releaseProbes(ruling: Ruling): readonly (readonly [string, Probe])[] {
  const shown = ruling.reading.gates.find((standing) => standing.gate.isDecision)?.seen
  const seen = shown ? { parts: { ...shown.parts }, items: { ...shown.items } } : null
  const inAYear = new Date(ruling.now.getTime() + 365 * 86_400_000).toISOString()
  const option = (isChosen: boolean) => ({ title: WORDS, pros: '', cons: '', isChosen })
  const freeze = ruling.reading.freeze
  return [
    ['decide:go', { type: 'decide', kind: 'go', ...NO_DECISION, seen, options: [], until: null }],
    ['decide:go-with-conditions', { type: 'decide', kind: 'go-with-conditions', ...NO_DECISION, seen, options: [], until: null, conditions: [{ title: WORDS, ownerId: null, team: null, dueAt: inAYear }] }],
    ['decide:no-go', { type: 'decide', kind: 'no-go', ...NO_DECISION, options: [], until: null }],
    ['decide:defer', { type: 'decide', kind: 'defer', ...NO_DECISION, options: [], until: inAYear }],
    ['decide:choice', { type: 'decide', kind: 'choice', ...NO_DECISION, options: [option(true), option(false)], until: null }],
    ...confirmProbe(ruling),
    ['hold', { type: 'hold', reason: WORDS, checkInId: null }],
    ['resume', { type: 'resume', reason: WORDS }],
    ['cancel', { type: 'cancel', reason: WORDS, as: 'cancelled' }],
    ['start-rollout', { type: 'start-rollout' }],
    ['advance', { type: 'advance' }],
    ['confirm-live', { type: 'confirm-live', note: WORDS }],
    ['end-soak', { type: 'end-soak', reason: WORDS }],
    ['stand-down', { type: 'stand-down', reason: WORDS }],
    ['roll-back', { type: 'roll-back', reason: WORDS }],
    ['set-alerting', { type: 'set-alerting', alerting: null }],
    ['confirm-rolled-back', { type: 'confirm-rolled-back', note: WORDS }],
    ['change', { type: 'change', change: { part: 'target', value: null }, reason: '' }],
    ['change-risk', { type: 'change-risk', risk: ruling.state.risk === 'high' ? 'medium' : 'high', reason: WORDS }],
    ['adopt-separation', { type: 'adopt-separation' }],
    ['comment', { type: 'comment', commentId: FRESH, gateId: null, itemId: null, text: WORDS, mentions: [] }],
    ['add-action', { type: 'add-action', actionId: FRESH, title: WORDS, ownerId: null, team: null, dueAt: null, checkInId: null }],
    ['attach-document', { type: 'attach-document', documentId: FRESH, title: WORDS, url: 'https://example.org', kind: 'other', provider: '', ownerTeam: 'ops', pinnedRevision: null, gateId: null, itemId: null }],
    ...(freeze ? [['grant-freeze-exception', { type: 'grant-freeze-exception', freezeId: freeze.id, until: inAYear, reason: WORDS }] as const] : []),
  ]
}

function gateProbes(ruling: Ruling): readonly (readonly [string, Probe])[] {
  return ruling.reading.gates.flatMap((standing): readonly (readonly [string, Probe])[] => {
    const gateId = standing.gate.id
    const { seen } = standing
    const copy = { parts: { ...seen.parts }, items: { ...seen.items } }
    return [
      [`sign-off:${gateId}`, { type: 'sign-off', gateId, teams: [], comment: '', onBehalfOf: null, seen: copy }],
      [`reject:${gateId}`, { type: 'reject', gateId, reason: WORDS }],
      [`reopen-gate:${gateId}`, { type: 'reopen-gate', gateId, reason: WORDS }],
      [`break-glass:${gateId}`, { type: 'break-glass', gateId, team: standing.rule.teams[0]?.team ?? '', reason: WORDS, seen: copy }],
      ...standing.rejections.flatMap((r): readonly (readonly [string, Probe])[] => [
        [`withdraw-rejection:${r.id}`, { type: 'withdraw-rejection', gateId, rejectionId: r.id, reason: WORDS }],
        [`override-rejection:${r.id}`, { type: 'override-rejection', gateId, rejectionId: r.id, reason: WORDS }],
      ]),
      ...standing.state.signOffs.filter((s) => !s.withdrawn).map((s): readonly [string, Probe] => [`withdraw-sign-off:${s.id}`, { type: 'withdraw-sign-off', gateId, signOffId: s.id, reason: WORDS }]),
    ]
  })
}

function itemProbes(ruling: Ruling): readonly (readonly [string, Probe])[] {
  const later = new Date(ruling.now.getTime() + 86_400_000).toISOString()
  return ruling.reading.gates.flatMap((standing) => standing.items.flatMap(({ itemId }): readonly (readonly [string, Probe])[] => {
    const item = ruling.state.items[itemId]
    if (!item) return []
    const own: (readonly [string, Probe])[] = []
    if (item.kind === 'check') own.push([`tick:${itemId}`, { type: 'tick', itemId, isDone: true }])
    if (item.kind === 'value') own.push([`record-value:${itemId}`, { type: 'record-value', itemId, value: 0 }])
    if (item.kind !== 'metric' && item.kind !== 'computed') own.push([`add-evidence:${itemId}`, { type: 'add-evidence', itemId, evidenceId: FRESH, evidence: { kind: 'link', title: WORDS, url: 'https://example.org' } }])
    own.push([`request-waiver:${itemId}`, { type: 'request-waiver', itemId, reason: WORDS, until: later }])
    if (item.waiver?.state === 'requested') own.push([`approve-waiver:${itemId}`, { type: 'approve-waiver', itemId }])
    if (item.notApplicable) own.push([`counter-sign-not-applicable:${itemId}`, { type: 'counter-sign-not-applicable', itemId }])
    else own.push([`mark-not-applicable:${itemId}`, { type: 'mark-not-applicable', itemId, reason: WORDS }])
    own.push([`set-note:${itemId}`, { type: 'set-note', itemId, text: WORDS, expects: item.note?.version ?? 0 }])
    return own
  }))
}

/**
 * Why each command of the screen would be refused now.
 * Out: keys are the command's type, with `:` and gate, item, sign-off, rejection, proposal or action id where it has one; decisions are `decide:<kind>`. `null` means allowed.
 */
export function probeAll(ruling: Ruling): Readonly<Record<string, Refusal | null>> {
  const proposals = ruling.state.proposals.map((p): readonly [string, Probe] => [`confirm-change:${p.id}`, { type: 'confirm-change', proposalId: p.id }])
  const actions = ruling.state.actions.filter((a) => !a.done).map((a): readonly [string, Probe] => [`complete-action:${a.id}`, { type: 'complete-action', actionId: a.id, note: WORDS }])
  const all = [...releaseProbes(ruling), ...gateProbes(ruling), ...itemProbes(ruling), ...proposals, ...actions]
  const rollBacks = openProposals(ruling.state).map((p): readonly [string, Probe] => [`dismiss-proposal:${p.id}`, { type: 'dismiss-proposal', proposalId: p.id, reason: WORDS }])
  return Object.fromEntries([...all, ...rollBacks].map(([key, probe]) => [key, ask(ruling, probe)]))
}

/** What stands between the release and its next step: the answer for pipelines and the list on the screen. */
export function nextStepBlockers(ruling: Ruling): ReturnType<typeof stepBlockers> {
  if (ruling.state.end || ruling.state.rollBack || ruling.state.stableAt) return []
  return ruling.state.rollout ? advanceBlockers(ruling) : stepBlockers(ruling)
}
