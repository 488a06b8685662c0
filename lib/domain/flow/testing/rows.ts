/** Finished releases for tests, with what a test does not say filled in. */
import type { FinishedBody, FinishedRelease } from '../finished'

export const DAY_MS = 86_400_000
const START = Date.parse('2026-08-03T00:00:00Z')

type Given = Partial<Omit<FinishedRelease, 'body'>> & { readonly body?: Partial<FinishedBody>; readonly opened?: number; readonly go?: number | null; readonly days?: number }

/** In: its number, and what is particular about it; `opened`, `go` (after opening) and `days` (to its finish) in days. */
export function finishedRow(number: number, { body, opened = number, go, days = 10, ...rest }: Given = {}): FinishedRelease {
  const openedAt = START + opened * DAY_MS
  const goAt = go === null ? null : openedAt + (go ?? days / 2) * DAY_MS
  const finishedAt = openedAt + days * DAY_MS
  const outcome = rest.outcome ?? 'stable'
  return {
    releaseId: `r${number}`, code: `FRAUD-${number}`, modelId: 'm1', environmentId: 'e1', risk: 'medium', templateId: 't1', outcome, openedAt, goAt,
    stableAt: outcome === 'stable' ? finishedAt : null, finishedAt, restoreMs: outcome === 'rolled-back' ? 600_000 : null, ...rest,
    body: { waits: [], gates: [], waivers: 0, notApplicable: 0, progress: [[openedAt, 0], ...(goAt === null ? [] : [[openedAt + (goAt - openedAt) / 2, 0.5] as const])], ...body },
  }
}
