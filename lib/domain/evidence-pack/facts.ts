/** Says in words what stands behind an item, a sign-off and a metric verdict; the Markdown and the printable page say the same. */
import { unitOf, valueText } from '@/lib/domain/preset/unit'
import type { ItemVerdict } from '@/lib/domain/release/state'
import type { ActionView, DecisionView, EvidenceView, ItemView, ReleaseView, SignOffView } from '@/lib/domain/release/view'
import { verdictWords } from '@/lib/domain/verdict/verdict'

export interface Fact {
  readonly label: string
  readonly text: string
  /** A query or a hash: shown as it is. */
  readonly code?: string
}

/** An instant as a document says it: in UTC, to the minute. */
export function instant(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`
}

/** The unit in which a metric item is judged. */
export function unitIn(item: Pick<ItemView, 'metric' | 'ask'> | undefined): string {
  return item?.metric?.rule.unit ?? item?.ask?.unit ?? ''
}

/** What a metric verdict says, with its value in the item's unit. */
export function verdictSentence({ verdict, value, samples, reason, at }: ItemVerdict, unit: string): string {
  const number = value === null ? 'no value' : valueText(value, unitOf(unit))
  return `${verdictWords(verdict)}: ${number}, ${samples} ${samples === 1 ? 'sample' : 'samples'}, ${instant(at)}. ${reason}`
}

function evidenceFact(piece: EvidenceView): Fact {
  const counts = piece.counts ? ` (${piece.counts.format}: ${piece.counts.passed} passed, ${piece.counts.failed} failed, ${piece.counts.skipped} skipped)` : ''
  const where = piece.file ? '' : piece.href && !piece.href.startsWith('/') ? `, ${piece.href}` : ''
  const text = `${piece.title}${counts}${where}, by ${piece.by.name}, ${instant(piece.at)}`
  return { label: piece.kind === 'result' ? 'Result' : piece.kind === 'file' ? 'File' : 'Evidence', text, ...(piece.file ? { code: `sha256 ${piece.file.hash}` } : {}) }
}

/** Everything that was recorded on one item. */
export function itemFacts(item: ItemView): readonly Fact[] {
  const facts: Fact[] = []
  if (item.check) facts.push({ label: item.check.isDone ? 'Ticked' : 'Unticked', text: `by ${item.check.by.name}, ${instant(item.check.at)}` })
  if (item.value) {
    const unit = unitOf(item.ask?.unit ?? '')
    const target = item.ask?.target == null || item.ask.direction === 'record' ? '' : ` (target ${item.ask.direction === 'at-least' ? 'at least' : 'at most'} ${valueText(item.ask.target, unit)})`
    facts.push({ label: 'Value', text: `${valueText(item.value.value, unit)}${target}, by ${item.value.by.name}, ${instant(item.value.at)}` })
  }
  if (item.verdict) facts.push({ label: 'Metric', text: verdictSentence(item.verdict, unitIn(item)), ...(item.verdict.query ? { code: item.verdict.query } : {}) })
  facts.push(...item.evidence.map(evidenceFact))
  if (item.note) facts.push({ label: 'Note', text: `${item.note.text} (${item.note.by.name}, ${instant(item.note.at)})` })
  if (item.notApplicable) {
    const { reason, by, at, counterSignedBy } = item.notApplicable
    facts.push({ label: 'Not applicable', text: `${reason} (${by.name}, ${instant(at)}; ${counterSignedBy ? `counter-signed by ${counterSignedBy.name}` : 'not counter-signed'})` })
  }
  if (item.waiver) {
    const { state, reason, until, isOver, requestedBy, approvedBy } = item.waiver
    facts.push({ label: 'Waiver', text: `${state}${isOver ? ', expired' : ''}: ${reason} (asked by ${requestedBy.name}${approvedBy ? `, approved by ${approvedBy.name}` : ''}, until ${instant(until)})` })
  }
  for (const comment of item.comments) facts.push({ label: 'Comment', text: `${comment.text} (${comment.by.name}, ${instant(comment.at)})` })
  return facts
}

/** The names of teams, as the installation calls them. */
export function teamNames(view: { readonly teams: readonly { readonly id: string; readonly name: string }[] }): (team: string) => string {
  return (team) => view.teams.find((one) => one.id === team)?.name ?? team
}

/** Who signed for whom, when, and whether it still stands. */
export function signOffSentence(signOff: SignOffView, teamName: (team: string) => string): string {
  const teams = signOff.teams.length > 0 ? ` for ${signOff.teams.map(teamName).join(' and ')}` : ' as a counter-signature'
  const behalf = signOff.onBehalfOf ? `, on behalf of ${signOff.onBehalfOf.name}` : ''
  const glass = signOff.isBreakGlass ? ', by break-glass' : ''
  const comment = signOff.comment ? ` “${signOff.comment}”` : ''
  const state = signOff.withdrawn ? ` Withdrawn by ${signOff.withdrawn.by.name}, ${instant(signOff.withdrawn.at)}: ${signOff.withdrawn.reason}` : signOff.state === 'stale' ? ` Stale: ${[...signOff.differences.map((one) => one.part), ...signOff.changedItems].join(', ')} changed since.` : ''
  return `${signOff.by.name}${teams}${behalf}${glass}, ${instant(signOff.at)}.${comment}${state}`
}

/** Who decided, who was asked and told, when, and what it replaces. */
export function decidedSentence({ deciders, by, consulted, informed, at, supersedes, supersededBy, until }: DecisionView): string {
  const names = (people: readonly { readonly name: string }[]) => people.map((one) => one.name).join(', ')
  return [
    `Decided by ${names(deciders) || by.name}, ${instant(at)}.`, ...(consulted.length > 0 ? [`Consulted: ${names(consulted)}.`] : []), ...(informed.length > 0 ? [`Informed: ${names(informed)}.`] : []),
    ...(supersedes ? [`Supersedes D-${supersedes}.`] : []), ...(supersededBy ? [`Superseded by D-${supersededBy}.`] : []), ...(until ? [`Until ${instant(until)}.`] : []),
  ].join(' ')
}

/** What spoke for an option and against it. People write one point a line; on one line they need something between them. */
export function optionWords({ pros, cons }: DecisionView['options'][number]): string {
  const points = (text: string) => text.split(/\r\n|\r|\n/u).map((line) => line.trim()).filter(Boolean).join('; ') || '–'
  return `For: ${points(pros)} · Against: ${points(cons)}`
}

/** The conditions that a go was given under. */
export function conditionsOf(decision: DecisionView, actions: readonly ActionView[]): readonly ActionView[] {
  return actions.filter((one) => one.source === 'condition' && one.sourceId === `D-${decision.number}`)
}

/** Who has an action, until when, and how it stands. */
export function actionStanding({ owner, dueAt, done, isOverdue, state }: ActionView): string {
  const ended = done ? `${state === 'dropped' ? 'dropped' : 'done'} by ${done.by.name}, ${instant(done.at)}${done.note ? `: ${done.note}` : ''}` : isOverdue ? 'overdue' : 'open'
  return [...(owner ? [owner.name] : []), ...(dueAt ? [`due ${instant(dueAt)}`] : []), ended].join(', ')
}

/** A roll-back from its start to what confirmed it: until then traffic may still reach the version. */
export function rollBackSentence({ by, at, to, reason, confirmed }: NonNullable<ReleaseView['rollBack']>): string {
  const end = confirmed ? `Confirmed by ${confirmed.by.name}, ${instant(confirmed.at)}: ${confirmed.how}` : 'Not confirmed yet.'
  return `by ${by.name}, ${instant(at)}${to ? ` to ${to}` : ''}: ${reason}${/[.!?]$/u.test(reason) ? '' : '.'} ${end}`
}
