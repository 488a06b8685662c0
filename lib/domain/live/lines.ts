/** The lines that a live version is watched for, from its release or its own watch, and what a team may choose for an adopted one. Pure. */
import { measuredId } from '@/lib/domain/release/roll-back-proposal'
import { watchedItems } from '@/lib/domain/release/measured'
import type { ReleaseState } from '@/lib/domain/release/state'
import { currentRevision, type TemplateState } from '@/lib/domain/template/state'
import { specOfAsk } from '@/lib/domain/verdict/ask-spec'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import type { LiveState } from './state'

export interface WatchLine {
  readonly itemId: string
  readonly title: string
  readonly spec: MetricSpec
  readonly isTrigger: boolean
}

/** What is watched now. In: the live version, and the release by which it came (null: none). */
export function linesOf(live: LiveState, release: ReleaseState | null): readonly WatchLine[] {
  if (!live.watch) return []
  if (live.watch.own) return live.watch.own.items.map((item) => ({ itemId: item.id, title: item.title, spec: item.spec, isTrigger: item.proposes }))
  if (!release) return []
  const conditions = release.rollbackPlan.conditions ?? []
  const items = watchedItems(release).map(({ itemId, title, spec }) => ({ itemId, title, spec, isTrigger: conditions.some((one) => one.itemId === itemId) }))
  return [...items, ...conditions.flatMap((one) => (one.spec ? [{ itemId: measuredId(one), title: one.title, spec: one.spec, isTrigger: true }] : []))]
}

/** Absolute limits only: without a release there is no version before to compare with. Null where nothing absolute was said. */
function absolute(spec: MetricSpec): MetricSpec | null {
  const { test } = spec.rule
  if (test.kind !== 'stable') return spec
  return test.withoutBaseline ? { ...spec, rule: { ...spec.rule, test: { kind: 'threshold', ...test.withoutBaseline } } } : null
}

/** The standing items of the templates, each once, as lines that an adopted version may be watched for. */
export function choicesOf(templates: readonly TemplateState[]): readonly { readonly id: string; readonly title: string; readonly from: string; readonly spec: MetricSpec }[] {
  const found = new Map<string, { id: string; title: string; from: string; spec: MetricSpec }>()
  for (const template of templates.filter((one) => one.archivedAt === null)) {
    const revision = currentRevision(template)
    for (const gate of revision.gates) {
      for (const line of gate.items) {
        if (line.kind !== 'metric' || line.metric.mode !== 'standing' || gate.phase === 'follow-up' || line.metric.presetRole === 'version-share') continue
        const whole = specOfAsk(line.metric, null)
        const spec = whole && absolute(whole)
        if (spec && !found.has(line.metric.presetRole)) found.set(line.metric.presetRole, { id: line.metric.presetRole, title: line.titleWithoutBaseline ?? line.title, from: revision.name, spec })
      }
    }
  }
  return [...found.values()]
}
