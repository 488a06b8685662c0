/** What happened on a release that somebody who is not watching wants to hear, from its state: judgements, decisions, movement, what came to them. Pure. */
import type { ReleaseState } from '@/lib/domain/release/state'
import type { DigestChange } from './view'

interface Fact {
  readonly at: string
  readonly by: string
  readonly words: string
  readonly gateId?: string | null
  readonly path?: string
}

function gateFacts(state: ReleaseState): readonly Fact[] {
  return state.template.gates.flatMap((gate): readonly Fact[] => {
    const own = state.gates[gate.id]
    const name = `gate ${gate.number} ${gate.name}`
    return own ? [
      ...own.signOffs.flatMap((one): readonly Fact[] => [{ at: one.at, by: one.by, words: `signed off ${name}`, gateId: gate.id }, ...(one.withdrawn ? [{ at: one.withdrawn.at, by: one.withdrawn.by, words: `withdrew a sign-off of ${name}`, gateId: gate.id }] : [])]),
      ...own.rejections.flatMap((one): readonly Fact[] => [{ at: one.at, by: one.by, words: `rejected ${name}`, gateId: gate.id }, ...(one.lifted ? [{ at: one.lifted.at, by: one.lifted.by[0] ?? one.by, words: `lifted the rejection of ${name}`, gateId: gate.id }] : [])]),
      ...own.reopened.map((one): Fact => ({ at: one.at, by: one.by, words: `reopened ${name}`, gateId: gate.id })),
    ] : []
  })
}

function movementFacts({ openedAt, openedBy, stableAt, end, rollout, rollBack, previousCandidates, candidate, steps }: ReleaseState): readonly Fact[] {
  return [
    { at: openedAt, by: openedBy, words: 'opened it' },
    ...previousCandidates.map((one, i): Fact => ({ at: one.replacedAt, by: one.by ?? candidate.registeredBy, words: `made ${previousCandidates[i + 1]?.candidate.label ?? candidate.label} the candidate` })),
    ...(rollout ? [{ at: rollout.startedAt, by: rollout.startedBy, words: 'started the rollout' }] : []),
    ...(rollout?.doneSteps ?? []).map((step): Fact => ({ at: step.soakedAt, by: '', words: `has soaked at ${steps[step.index]?.share ?? 0} %` })),
    ...(rollBack ? [{ at: rollBack.at, by: rollBack.by, words: 'started the roll-back' }] : []),
    ...(stableAt ? [{ at: stableAt, by: '', words: 'is the last stable version' }] : []),
    ...(end ? [{ at: end.at, by: '', words: `is ${end.kind.replace('-', ' ')}` }] : []),
  ]
}

function recordFacts(state: ReleaseState, personId: string): readonly Fact[] {
  return [
    ...state.decisions.flatMap((one): readonly Fact[] => {
      const path = `/decisions/${one.number}`
      return [{ at: one.at, by: one.by, words: `decided D-${one.number}, ${one.kind.replaceAll('-', ' ')}`, path }, ...(one.checks ?? []).map((check): Fact => ({ at: check.at, by: check.by, words: `saw that D-${one.number} ${check.outcome === 'held' ? 'held' : 'did not hold'}`, path }))]
    }),
    ...state.actions.filter((one) => one.ownerId === personId).map((one): Fact => ({ at: one.at, by: one.by, words: 'added an action for you', path: '#actions' })),
    ...state.actions.flatMap((one): readonly Fact[] => (one.by === personId && one.done ? [{ at: one.done.at, by: one.done.by, words: one.done.isDropped ? 'dropped an action that you added' : 'closed an action that you added', path: '#actions' }] : [])),
    ...Object.values(state.items).flatMap(({ id, gateId, waiver }): readonly Fact[] => (waiver?.approvedAt && waiver.approvedBy ? [{ at: waiver.approvedAt, by: waiver.approvedBy, words: `approved the waiver of ${id}`, gateId }] : [])),
    ...state.comments.filter((one) => one.mentions.includes(personId)).map((one): Fact => ({ at: one.at, by: one.by, words: 'mentioned you', gateId: one.gateId })),
  ]
}

/** In: the release, who is told, since when, names by id. Out: what others did, newest first; what the person did themselves is no news. */
export function changesOn(state: ReleaseState, personId: string, since: string, nameOf: (id: string) => string): readonly DigestChange[] {
  const base = `/releases/${state.code}`
  return [...gateFacts(state), ...movementFacts(state), ...recordFacts(state, personId)]
    .filter((fact) => fact.at > since && fact.by !== personId)
    .map((fact) => ({ at: fact.at, code: state.code, href: `${base}${fact.path ?? (fact.gateId ? `?gate=${fact.gateId}` : '')}`, words: fact.by === '' ? `${state.modelName} ${state.candidate.label} ${fact.words}` : `${nameOf(fact.by)} ${fact.words}` }))
    .toSorted((a, b) => b.at.localeCompare(a.at))
}
