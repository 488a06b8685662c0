/** Reads what was measured last of a release, for the judgements that freeze it: the newest evaluation of each item with the values of the last stretch. */
import 'server-only'
import { latestEvaluations } from '@/db/evaluation'
import { evaluationPoints } from '@/db/evaluation-page'
import type { Store } from '@/db/store'
import type { ReleaseCommand } from '@/lib/domain/release/commands'
import type { Reading, Readings } from '@/lib/domain/release/frozen'
import type { ReleaseState } from '@/lib/domain/release/state'

/** How far back the series of a judgement reaches, and how many measurements are looked through for it. */
const REACH_MS = 6 * 3_600_000
const MOST = 240

/** Whether a command puts what was seen into the record (rule 8). */
export function freezesReadings(command: ReleaseCommand): boolean {
  switch (command.type) {
    case 'sign-off': case 'break-glass': case 'approve-waiver': case 'decide': case 'hold': case 'resume': case 'cancel': case 'roll-back': case 'end-soak': case 'stand-down': case 'grant-freeze-exception':
      return true
    default: return false
  }
}

function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
}

/** The newest reading of each item that has a verdict. In: the release. Out: by item id; items that were not measured in 30 days are absent. */
export async function loadReadings(store: Store, release: ReleaseState): Promise<Readings> {
  const measured = Object.values(release.items).filter((item) => item.verdict !== null).map((item) => item.id)
  const rows = await latestEvaluations(store, release.id, measured)
  const readings = await Promise.all(rows.map(async (row): Promise<readonly [string, Reading]> => {
    const points = await evaluationPoints(store, release.id, row.itemId, new Date(row.at.getTime() - REACH_MS), { of: 'value', most: MOST })
    const [reason, query, stable] = [fieldOf(row.body, 'reason'), fieldOf(row.body, 'query'), fieldOf(row.body, 'stable')]
    return [row.itemId, {
      verdict: row.verdict, value: row.value, samples: row.samples, at: row.at.toISOString(), stable: typeof stable === 'number' ? stable : null,
      reason: typeof reason === 'string' ? reason : '', query: typeof query === 'string' ? query : '', series: points.map(({ at, value }) => [at.getTime() / 1000, value] as const),
    }]
  }))
  return new Map(readings)
}
