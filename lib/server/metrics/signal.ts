/** Reads one signal of a version once, for screens that show a number and judge nothing. */
import 'server-only'
import type { Store } from '@/db/store'
import type { Signal, StackId } from '@/lib/domain/preset/preset'
import { resolveQuery } from '@/lib/domain/preset/resolve'
import type { Selectors } from '@/lib/domain/preset/selector'
import { alignedTo } from './asker'
import { sharedAsker } from './start'

const WINDOW_S = 3600

/** In: the source, the signal, stacks in order, labels, now (unix ms). Out: the one finite value, or null with the reason where there is one to tell. */
export async function readSignal(store: Store, sourceId: string, signal: Signal, stacks: readonly StackId[], labels: Selectors, nowMs: number): Promise<{ readonly value: number | null; readonly trouble: string | null }> {
  const resolved = resolveQuery({ kind: 'signal', signal }, stacks)
  const asked = resolved.ok ? resolved.ask(labels, WINDOW_S) : null
  if (!asked) return { value: null, trouble: null }
  const answer = await sharedAsker(store).instant(sourceId, asked.value, alignedTo(nowMs, 60))
  if (!answer.ok) return { value: null, trouble: answer.reason }
  const sample = answer.answer.series.length === 1 ? answer.answer.series[0]?.samples.at(-1) : undefined
  return { value: sample && Number.isFinite(sample.value) ? sample.value : null, trouble: null }
}
