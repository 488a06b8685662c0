/** When what waits for labels can be judged, and what the release declares it needs in the units of metrics. Pure, and needed by the standing of items. */
import type { Claimed } from '@/lib/domain/verdict/rule'
import type { ItemState, ReleaseState } from './state'

/** When an item that waits for labels is due: the release's label delay after stable; `null` before it is stable, and for items that do not wait. */
export function labelsDueAt(state: Pick<ReleaseState, 'stableAt' | 'feedback'>, item: Pick<ItemState, 'metric'>): Date | null {
  if (!item.metric?.isAfterLabelDelay || state.stableAt === null) return null
  return new Date(Date.parse(state.stableAt) + state.feedback.labelDelayDays * 86_400_000)
}

const GIB = 1024 ** 3

/** What the release declares it needs, in base units: bytes, cores, requests per second. */
export function claimedOf({ claim }: Pick<ReleaseState, 'claim'>): Readonly<Record<Claimed, number>> {
  return { memory: claim.memoryGiB * GIB, cpu: claim.cpuCores, 'gpu-memory': claim.gpuMemoryGiB * GIB, storage: claim.storageGiB * GIB, 'peak-requests': claim.peakPerSecond }
}
