/** Builds the view of one gate with its items, sign-offs and what is missing. */
import { limitOf } from '@/lib/domain/verdict/limit'
import { planWords, ruleWords } from '@/lib/domain/verdict/rule-words'
import { comparesWithStable } from './frozen'
import type { GateStanding } from './gate-standing'
import { isPassed } from './gate-standing'
import type { ItemStanding } from './item-standing'
import { specOfItem } from './measured'
import type { ReleaseReading } from './phase'
import { gateMark, itemMark } from './rail-of'
import { missingWords } from './sign-off-rule'
import type { Evidence, ItemState, ReleaseState, SignOff } from './state'
import type { EvidenceView, GateView, ItemView, SignOffView } from './view'
import { commentViews, type Shown } from './view-words'

function evidenceView(shown: Shown, piece: Evidence): EvidenceView {
  const { input, say, person } = shown
  const document = piece.documentId ? input.state.documents.find((d) => d.id === piece.documentId) : undefined
  const href = piece.url ? say(piece.url)
    : document ? say(document.url)
    : piece.file ? `/api/v1/files/${piece.file.hash}`
    : piece.decisionNumber ? `/releases/${input.state.code}/decisions/${piece.decisionNumber}` : null
  return {
    id: piece.id, kind: piece.kind, title: say(piece.title), href, provider: document?.provider ?? null, decisionNumber: piece.decisionNumber,
    file: piece.file, counts: piece.counts, by: person(piece.by), at: piece.at,
  }
}

function itemView(shown: Shown, standing: GateStanding, line: ItemStanding): ItemView | null {
  const { input, say, person } = shown
  const item = input.state.items[line.itemId]
  const template = standing.gate.items.find((one) => one.id === line.itemId)
  if (!item || !template) return null
  return {
    id: item.id, gateId: item.gateId, title: item.title, hint: template.hint, kind: item.kind, status: line.status, mark: itemMark(line.status),
    isSettled: line.isSettled, isRequired: item.isRequired, reason: line.reason, rubric: template.rubric, ownerTeam: template.ownerTeam ?? null,
    assignee: item.assigneeId ? person(item.assigneeId) : null,
    check: item.check && { isDone: item.check.isDone, by: person(item.check.by), at: item.check.at },
    note: item.note && { text: say(item.note.text), version: item.note.version, by: person(item.note.by), at: item.note.at },
    evidence: item.evidence.map((piece) => evidenceView(shown, piece)),
    value: item.value && { value: item.value.value, by: person(item.value.by), at: item.value.at },
    ask: item.ask, metric: item.metric, terms: termsOf(input.state, item), query: item.query, computed: item.computed, verdict: item.verdict,
    notApplicable: item.notApplicable && {
      reason: say(item.notApplicable.reason), by: person(item.notApplicable.by), at: item.notApplicable.at,
      counterSignedBy: item.notApplicable.counterSignedBy ? person(item.notApplicable.counterSignedBy) : null,
    },
    waiver: item.waiver && {
      state: item.waiver.state, reason: say(item.waiver.reason), until: item.waiver.until, isOver: Date.parse(item.waiver.until) <= input.now.getTime(),
      requestedBy: person(item.waiver.requestedBy), approvedBy: item.waiver.approvedBy ? person(item.waiver.approvedBy) : null, approvedAt: item.waiver.approvedAt, frozen: item.waiver.frozen ?? null,
    },
    allowsNotApplicable: template.allowsNotApplicable, comments: commentViews(shown, { itemId: item.id }),
    proposalId: input.state.proposals.find((p) => p.change.kind === 'item' && p.change.itemId === item.id)?.id ?? null,
  }
}

/** A metric line in words: its own specification where it has one, else what the template makes of it. */
function termsOf(state: ReleaseState, item: ItemState): ItemView['terms'] {
  const spec = specOfItem(item)
  if (!spec) return null
  const { unit, test } = spec.rule
  return { rule: ruleWords(spec), plan: planWords(spec), limit: limitOf(test, comparesWithStable(state)), unit, windowSeconds: spec.windowSeconds }
}

function signOffView(shown: Shown, standing: GateStanding, signOff: SignOff): SignOffView {
  const { say, person } = shown
  const stale = standing.stale.find((entry) => entry.signOff.id === signOff.id)
  const isValid = standing.valid.some((one) => one.id === signOff.id)
  return {
    id: signOff.id, by: { id: signOff.by, name: say(signOff.name) }, teams: signOff.teams, at: signOff.at,
    comment: signOff.comment && say(signOff.comment), onBehalfOf: signOff.onBehalfOf ? person(signOff.onBehalfOf) : null,
    isBreakGlass: signOff.isBreakGlass, isCounter: signOff.teams.length === 0,
    state: signOff.withdrawn ? 'withdrawn' : isValid ? 'valid' : 'stale',
    withdrawn: signOff.withdrawn && { by: person(signOff.withdrawn.by), at: signOff.withdrawn.at, reason: say(signOff.withdrawn.reason) },
    differences: stale?.parts ?? [], changedItems: stale?.items ?? [], snapshot: signOff.snapshot,
  }
}

/** The view of one gate. */
export function gateView(shown: Shown, reading: ReleaseReading, standing: GateStanding): GateView {
  const { input, say, person } = shown
  const { state, now } = input
  const { gate } = standing
  const teamName = (id: string) => input.teams.find((team) => team.id === id)?.name ?? id
  const names = new Map(standing.valid.map((s) => [s.by, say(s.name)]))
  return {
    id: gate.id, number: gate.number, name: gate.name, shortName: gate.shortName, phase: gate.phase, ownerTeams: [gate.ownerTeam, ...(gate.coOwnerTeams ?? [])],
    status: standing.status, mark: gateMark(state, reading, standing), isDecision: gate.isDecision === true,
    dueAt: standing.state.dueAt, isOverdue: !isPassed(standing) && standing.state.dueAt !== null && Date.parse(standing.state.dueAt) <= now.getTime(),
    parts: gate.parts,
    needs: gate.needs.flatMap((id) => {
      const other = reading.gates.find((g) => g.gate.id === id)
      return other ? [{ id, number: other.gate.number, name: other.gate.name, isPassed: isPassed(other) }] : []
    }),
    items: standing.items.flatMap((line) => itemView(shown, standing, line) ?? []),
    missingCount: standing.unsettled.length, waivedCount: standing.waived,
    rule: {
      teams: standing.reading.teams.map(({ team, needed, by }) => ({ team, needed, by: by.map((id) => ({ id, name: names.get(id) ?? person(id).name })) })),
      missing: standing.reading.missing.map((missing) => missingWords(missing, teamName)), isMet: standing.reading.isMet,
    },
    signOffs: standing.state.signOffs.map((signOff) => signOffView(shown, standing, signOff)),
    rejections: standing.state.rejections.map((r) => ({
      id: r.id, by: { id: r.by, name: say(r.name) }, team: r.team, reason: say(r.reason), at: r.at,
      lifted: r.lifted && { kind: r.lifted.kind, at: r.lifted.at, reason: say(r.lifted.reason) }, overrideAskedBy: r.overrideAsked.map((o) => o.team),
    })),
    inherited: standing.state.inherited && { ...standing.state.inherited, by: person(standing.state.inherited.by) },
    reopened: standing.state.reopened.map((r) => ({ at: r.at, by: person(r.by), reason: say(r.reason) })),
    waitsOn: state.waits.filter((w) => w.gateId === gate.id && w.to === null).map((w) => ({ on: w.on, since: w.from })),
    comments: commentViews(shown, { gateId: gate.id, itemId: null }), seen: standing.seen,
  }
}
