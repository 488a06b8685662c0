/** Asks the metrics of a live version what they say of its labels: how many there are, how late, and how often they disagree. */
import 'server-only'
import { loadAggregate } from '@/db/aggregate'
import { readSignal } from '@/lib/server/metrics/signal'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import { labelsOfLive } from '@/lib/domain/live/decide'
import type { MeasuredFeedback } from '@/lib/domain/live/view'
import { stacksOf } from '@/lib/domain/preset/resolve'
import { stacksOfRelease } from '@/lib/domain/release/measured'
import { loadLive } from '@/lib/server/view/live'

const NOTHING: MeasuredFeedback = { labelledShare: null, delayDays: null, disagreement: null, trouble: null }

/** In: who asks, the live version. Out: what its series say now, or null where it does not exist or is not theirs to see. Never throws for a source that is down. */
export async function measuredFeedback(store: Store, actor: Actor, id: string, now = Date.now()): Promise<MeasuredFeedback | null> {
  const loaded = await loadLive(store, id)
  if (!loaded || (actor.kind === 'token' && actor.modelIds.length > 0 && !actor.modelIds.includes(loaded.live.modelId))) return null
  const { live, release } = loaded
  const environment = await loadAggregate(store, 'environment', live.environmentId)
  const sourceId = environment?.state.sourceId ?? null
  if (sourceId === null) return { ...NOTHING, trouble: 'The environment has no metrics source.' }
  const labels = labelsOfLive(live, release)
  if (Object.keys(labels).length === 0) return { ...NOTHING, trouble: 'No labels are set by which its series are found.' }
  const ask = (signal: 'labelled-share' | 'feedback-delay' | 'disagreement') => readSignal(store, sourceId, signal, release ? stacksOfRelease(release) : stacksOf([]), labels, now)
  const [labelled, delay, disagreement] = await Promise.all([ask('labelled-share'), ask('feedback-delay'), ask('disagreement')])
  const isSilent = labelled.value === null && delay.value === null && disagreement.value === null
  return {
    labelledShare: labelled.value, delayDays: delay.value === null ? null : delay.value / 86_400, disagreement: disagreement.value,
    trouble: isSilent ? (labelled.trouble ?? delay.trouble ?? disagreement.trouble ?? 'No series of the model_* convention says it.') : null,
  }
}
