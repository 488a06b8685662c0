/** Says in one line what an entry of a release's log records. */
import { wordsOf, isFreeText, type Reveal } from '@/lib/domain/text'
import type { ReleaseState } from './state'

export interface Told {
  readonly by: string
  readonly words: string
  readonly gateId: string | null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const VERB: Readonly<Record<string, string>> = {
  'release-opened': 'opened the release', 'release-changed': 'changed', 'candidate-replaced': 'replaced the candidate', 'risk-changed': 'changed the risk',
  'separation-adopted': 'adopted the separation policy', 'change-proposed': 'proposed to loosen a rule', 'proposal-closed': 'answered the proposal', 'item-changed': 'changed the rule of',
  'template-adopted': 'adopted the new revision of the template', 'item-ticked': 'ticked', 'note-set': 'wrote a note on', 'evidence-added': 'added evidence to', 'evidence-removed': 'removed evidence from',
  'value-recorded': 'recorded a value for', 'item-assigned': 'assigned', 'due-set': 'set the due date of', 'not-applicable-marked': 'marked as not applicable', 'not-applicable-counter-signed': 'counter-signed as not applicable',
  'not-applicable-withdrawn': 'asks again for', 'waiver-requested': 'asked for a waiver of', 'waiver-approved': 'approved the waiver of', 'waiver-ended': 'ended the waiver of',
  'signed-off': 'signed off', 'sign-off-withdrawn': 'withdrew a sign-off of', rejected: 'rejected', 'rejection-lifted': 'lifted the rejection of', 'override-asked': 'asked to override the rejection of',
  'gate-reopened': 'reopened', 'gate-inherited': 'inherited', commented: 'commented', 'document-attached': 'attached a document', 'document-removed': 'removed a document', 'document-pinned': 'pinned a document',
  'document-reviewed': 'reviewed a document', decided: 'decided', held: 'put the release on hold', resumed: 'resumed the release', cancelled: 'ended the release', 'freeze-exception-granted': 'granted an exception from a freeze',
  'action-added': 'added an action', 'action-completed': 'completed an action', 'action-snoozed': 'snoozed an action', 'action-reassigned': 'handed on an action', 'action-changed': 'changed an action', 'action-dropped': 'dropped an action', 'decision-confirmed': 'looked again at', 'fix-stated': 'stated that a fix is contained', 'last-stable-moved': 'moved the last stable version', 'rollout-started': 'started the rollout',
  'step-asked': 'asked for the next step', 'share-seen': 'saw the share', 'step-live': 'saw the step live', 'soak-turned': 'turned the soak', 'requests-reached': 'saw as many requests as the soak asks for', 'soak-ended-early': 'ended the soak early',
  'stand-down-asked': 'asked to stand down', 'stood-down': 'stood down', 'roll-back-started': 'started the roll-back', 'rolled-back': 'saw the roll-back complete', 'became-stable': 'made the version the last stable one', closed: 'closed the release', 'verdict-turned': 'the verdict turned for',
  'trigger-turned': 'the verdict of a roll-back trigger turned', 'roll-back-proposed': 'proposed a roll-back', 'roll-back-proposal-ended': 'ended the proposal of a roll-back', 'alert-fired': 'an alert fired', 'alert-resolved': 'an alert was resolved', 'alerting-set': 'set which alerts belong here',
}

/** A word of detail that a reader wants beside the verb. */
function detail(event: Record<string, unknown>, say: (value: unknown) => string): string {
  switch (event.type) {
    case 'decided': return isRecord(event.decision) ? `D-${String(event.decision.number)}, ${String(event.decision.kind)}: ${say(event.decision.title)}` : ''
    case 'verdict-turned': return isRecord(event.verdict) ? `${String(event.verdict.verdict)}. ${String(event.verdict.reason)}` : ''
    case 'trigger-turned': return isRecord(event.verdict) ? `${String(event.verdict.verdict)}. ${String(event.verdict.reason)}` : ''
    case 'roll-back-proposed': return isRecord(event.proposal) ? `${String(event.proposal.title)}: ${String(event.proposal.reason)}` : ''
    case 'roll-back-proposal-ended': return event.how === 'dismissed' ? say(event.reason) : String(event.how)
    case 'alert-fired': return isRecord(event.alert) ? `${String(event.alert.name)}. ${say(event.alert.summary)}` : ''
    case 'share-seen': return `${String(event.percent)} %`
    case 'soak-turned': return event.condition === 'passing' ? 'it counts, its metrics pass' : event.condition === 'unmeasured' ? 'it pauses, not every metric is measured' : 'it begins again'
    case 'release-changed': return isRecord(event.change) ? String(event.change.part) : ''
    case 'roll-back-started': return isRecord(event.rollBack) ? say(event.rollBack.reason) : ''
    case 'rejected': return isRecord(event.rejection) ? say(event.rejection.reason) : ''
    case 'commented': return isRecord(event.comment) ? say(event.comment.text) : ''
    case 'evidence-added': return isRecord(event.evidence) ? say(event.evidence.title) : ''
    case 'document-attached': return isRecord(event.document) ? say(event.document.title) : ''
    case 'decision-confirmed': return isRecord(event.check) ? `D-${String(event.number)}: ${event.check.outcome === 'held' ? 'it held' : 'it did not hold'}. ${say(event.check.note)}` : ''
    case 'action-changed': return [event.title === null ? '' : `now “${say(event.title)}”`, typeof event.dueAt === 'string' ? `due ${event.dueAt.slice(0, 10)}` : 'due on no day', say(event.reason)].filter(Boolean).join('. ')
    case 'action-added': return isRecord(event.action) ? say(event.action.title) : ''
    default: return 'reason' in event ? say(event.reason) : ''
  }
}

/** In: the canonical body of a log entry, the release, how seals and people are revealed. Out: who, the words, and the gate that it concerns. */
export function eventWords(body: string, state: ReleaseState, reveal: Reveal, nameOf: (person: string) => string): Told {
  const entry: unknown = JSON.parse(body)
  const event = isRecord(entry) && isRecord(entry.event) ? entry.event : isRecord(entry) ? entry : {}
  const say = (value: unknown) => (isFreeText(value) ? wordsOf(value, reveal) : '')
  const itemId = typeof event.itemId === 'string' ? event.itemId : null
  const gateId = typeof event.gateId === 'string' ? event.gateId : itemId ? (state.items[itemId]?.gateId ?? null) : null
  const gate = gateId ? state.template.gates.find((one) => one.id === gateId) : undefined
  const about = itemId ? ` ${itemId} ${state.items[itemId]?.title ?? ''}` : gate ? ` gate ${gate.number} ${gate.name}` : ''
  const verb = event.type === 'item-ticked' && event.isDone === false ? 'unticked' : (VERB[String(event.type)] ?? String(event.type))
  const more = detail(event, say)
  return { by: typeof event.by === 'string' ? nameOf(event.by) : 'Gatehouse', words: `${verb}${about}${more ? `: ${more}` : ''}`, gateId }
}
