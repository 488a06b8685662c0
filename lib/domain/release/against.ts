/** What the candidate differs in from the last stable version: everything that the fingerprint knows, and the rollback plan, side by side. Pure. */
import type { FreeText } from '@/lib/domain/text'
import type { AgainstView } from './view'
import type { ReleaseState } from './state'
import type { WorldVersion } from './world'

/** What is known of the last stable version: itself, and the release that made it stable (none when it was adopted). */
export interface StableFacts {
  readonly version: WorldVersion | null
  readonly release: ReleaseState | null
}

/** Group, name, value; in the order in which they are read. */
type Facts = readonly (readonly [group: AgainstView['rows'][number]['group'], name: string, value: string])[]

function versionFacts(version: Pick<WorldVersion, 'artefact' | 'code' | 'data' | 'behaviour'>): Facts {
  return [['version', 'artefact', version.artefact], ['version', 'code', version.code], ['version', 'data', version.data], ['version', 'behaviour', version.behaviour]]
}

const WAYS = { 'last-stable': 'back to last stable', 'switch-off': 'switch off', degraded: 'degraded mode' } as const

function releaseFacts({ evaluation, serving, claim, rollbackPlan }: ReleaseState, say: (text: FreeText) => string): Facts {
  const gpu = claim.gpuCount > 0 ? `${claim.gpuCount} × ${claim.gpuType || 'GPU'}, ${claim.gpuMemoryGiB} GiB` : 'none'
  return [
    ['evaluation', 'report', evaluation],
    ['serving', 'image', serving.image], ['serving', 'runtime', serving.runtime], ['serving', 'precision', serving.precision], ['serving', 'batching', serving.batching],
    ['claim', 'memory', `${claim.memoryGiB} GiB`], ['claim', 'CPU', `${claim.cpuCores} cores`], ['claim', 'GPU', gpu], ['claim', 'storage', `${claim.storageGiB} GiB`],
    ['claim', 'peak', `${claim.peakPerSecond} req/s`], ['claim', 'growth', `${claim.growthPercent} % in six months`],
    ['rollback', 'way', WAYS[rollbackPlan.way]], ['rollback', 'restore time', rollbackPlan.restoreMinutes === null ? '' : `${rollbackPlan.restoreMinutes} min`],
    ['rollback', 'rehearsed', rollbackPlan.rehearsedAt?.slice(0, 10) ?? ''], ['rollback', 'triggers', say(rollbackPlan.triggers)],
    ['rollback', 'proposed by', (rollbackPlan.conditions ?? []).map((one) => one.title).join('; ')],
  ]
}

/**
 * The comparison. In: the release, what is known of the version that was last stable when it began (or moved), how words are revealed.
 * Out: one row per fact; `then` is `null` where nothing is known, as of an adopted version's serving. `null` without a last stable version.
 */
export function againstStable(state: ReleaseState, { version, release }: StableFacts, say: (text: FreeText) => string): AgainstView | null {
  const { lastStable } = state
  if (!lastStable) return null
  const origin = release?.candidate.versionId === lastStable.versionId ? release : null
  const known = version ?? origin?.candidate ?? null
  const then: Facts = [...(known ? versionFacts(known) : [['version', 'artefact', lastStable.artefact] as const]), ...(origin ? releaseFacts(origin, say) : [])]
  const now: Facts = [...versionFacts(state.candidate), ...releaseFacts(state, say)]
  return {
    label: lastStable.label, releaseCode: origin?.code ?? null,
    rows: now.map(([group, name, value]) => {
      const before = then.find((one) => one[0] === group && one[1] === name)?.[2] ?? null
      return { group, name, then: before, now: value, isSame: before === value }
    }),
  }
}
