/** The numbered list of decisions: what it filters by stands in columns, what it says is sealed in the body. */
import { type Write, write } from '@/db/write'
import { confirmAt } from '@/lib/domain/release/confirmation'
import type { Decision, ReleaseState } from '@/lib/domain/release/state'

/** What may change of a decision: what supersedes it, and the checks whether it held. */
function markOf(decision: Decision | undefined): string {
  return decision ? `${decision.supersededBy ?? ''} ${decision.checks?.length ?? 0}` : 'none'
}

/** Writes of the decisions that are new or changed their mark. */
export function decisionWrites(state: ReleaseState, previous: ReleaseState | null): readonly Write[] {
  return state.decisions.filter((d) => markOf(previous?.decisions.find((old) => old.number === d.number)) !== markOf(d)).map((d) => {
    const last = d.checks?.at(-1)
    const people = new Set([d.by, ...d.deciders.map((one) => one.personId), ...d.consulted, ...d.informed])
    const at = confirmAt(d)
    const row = {
      id: `${state.id}:${d.number}`, number: d.number, releaseId: state.id, kind: d.kind, at: new Date(d.at), titleSearch: `d-${d.number} ${d.kind} ${state.code} ${state.modelName}`.toLowerCase(),
      modelId: state.modelId, people: `,${[...people].join(',')},`, confirmAt: at === null ? null : new Date(at), supersededBy: d.supersededBy,
      body: {
        title: d.title, reason: d.reason, by: d.by, gateId: d.gateId, until: d.until, supersedes: d.supersedes, supersededBy: d.supersededBy, deciders: d.deciders,
        code: state.code, modelId: state.modelId, modelName: state.modelName, versionLabel: state.candidate.label,
        ...(d.confirmation ? { how: d.confirmation.how } : {}), ...(last ? { outcome: last.outcome, checkedAt: last.at } : {}),
      },
    }
    const { id: _id, ...changing } = row
    return write((tx, t) => tx.insert(t.decisionRow).values(row).onConflictDoUpdate({ target: t.decisionRow.id, set: changing }).returning({ id: t.decisionRow.id }))
  })
}
