/** Compares what the release declared it needs with what was measured of it (theme T1): the computed item "observed against declared". */
import type { PresetRole } from '@/lib/domain/template/template'
import { claimedOf } from './labels-due'
import type { ReleaseState } from './state'

/** Observed use may be this share of the claim before the claim counts as too small. */
const MOST = 1

const RESOURCE_ROLES: readonly PresetRole[] = ['memory-use', 'gpu-memory', 'volume-use']

/**
 * The standing of the item. In: the release; the measured ratios are the verdicts of its resource items (use ÷ claimed limit).
 * Out: `met` when every measured resource stays within the claim, `failed` when one is over it, `no-data` when none was measured.
 */
export function claimObserved(state: ReleaseState): ['met' | 'failed' | 'no-data', string] {
  const seen: string[] = []
  let isOver = false
  for (const item of Object.values(state.items)) {
    const declared = item.spec?.rule.test
    if (declared?.kind === 'declared' && item.verdict?.value != null) {
      const claim = claimedOf(state)[declared.resource]
      if (!(claim > 0)) continue
      seen.push(`${declared.resource.replace('-', ' ')} ${(item.verdict.value / claim).toFixed(2)}`)
      if (item.verdict.value > claim * (1 + declared.tolerance)) isOver = true
      continue
    }
    const role = item.metric?.presetRole
    if (!role || !RESOURCE_ROLES.includes(role) || item.verdict?.value == null) continue
    seen.push(`${role.replace('-', ' ')} ${item.verdict.value.toFixed(2)}`)
    if (item.verdict.value > MOST) isOver = true
  }
  if (seen.length === 0) return ['no-data', 'nothing measured yet']
  return [isOver ? 'failed' : 'met', `${seen.join(', ')} of the claim`]
}
