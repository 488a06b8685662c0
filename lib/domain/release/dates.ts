/** Lists what of a release has a date that people should be reminded of. */
import type { ReleaseReading } from '@/lib/domain/release/phase'
import { isPassed } from '@/lib/domain/release/gate-standing'
import type { ReleaseState } from '@/lib/domain/release/state'
import type { Due } from '@/lib/domain/notice/remind'

export interface ReleaseDue extends Due {
  readonly gateId: string | null
}

const DAY_MS = 86_400_000

/** Gates with a due date, the target date, waivers that expire and signed measurements that grow old, while the release is on its way. Actions are listed elsewhere: they outlive it. */
export function datesOf(state: ReleaseState, reading: ReleaseReading): readonly ReleaseDue[] {
  if (state.end !== null || state.stableAt !== null) return []
  const target: readonly ReleaseDue[] = state.targetAt === null ? [] : [{ id: `target ${state.id}`, what: 'target', title: state.code, dueAt: state.targetAt, ownerId: null, teams: ['product'], gateId: null }]
  const gates = reading.gates.flatMap((standing): readonly ReleaseDue[] => {
    const { gate } = standing
    const teams = [gate.ownerTeam, ...(gate.coOwnerTeams ?? [])]
    const title = `${gate.number} ${gate.name}`
    const own: readonly ReleaseDue[] = standing.state.dueAt !== null && !isPassed(standing) ? [{ id: `gate ${state.id} ${gate.id}`, what: 'gate', title, dueAt: standing.state.dueAt, ownerId: null, teams, gateId: gate.id }] : []
    const lines = gate.items.flatMap((line): readonly ReleaseDue[] => {
      const item = state.items[line.id]
      if (item?.waiver?.state === 'approved') return [{ id: `waiver ${state.id} ${line.id}`, what: 'waiver', title: `${title}: ${line.title}`, dueAt: item.waiver.until, ownerId: null, teams, gateId: gate.id }]
      const days = item?.metric?.mode === 'snapshot' ? (item.metric.rule.validDays ?? 30) : null
      const signed = days === null ? undefined : standing.valid.filter((one) => one.snapshot.some((piece) => piece.itemId === line.id && piece.verdict.verdict === 'pass')).map((one) => one.at).toSorted().at(-1)
      if (days === null || signed === undefined) return []
      return [{ id: `signed ${state.id} ${line.id}`, what: 'sign-off', title: `${title}: ${line.title}`, dueAt: new Date(Date.parse(signed) + days * DAY_MS).toISOString(), ownerId: null, teams, gateId: gate.id }]
    })
    return [...own, ...lines]
  })
  return [...target, ...gates]
}
