/** Hides how a template of a few lines is cut from the shipped one, so that a story about one metric works no other line. */
import type { GateTemplate } from '@/lib/domain/template/template'

/** Some lines of a gate, measured over a minute without counting requests, and failed at the first failure. In: the gate, the gates before it, the ids of its lines. */
export function only(gate: GateTemplate, needs: readonly string[], ...ids: readonly string[]): GateTemplate {
  const items = gate.items.filter((item) => ids.includes(item.id)).map((item) => {
    if (item.kind !== 'metric') return item
    const { timesStable: _stable, ignoreBelow: _ignored, ...rule } = item.metric.rule
    return { ...item, metric: { ...item.metric, rule: { ...rule, windowMinutes: 1, minimumSamples: 0, failureLimit: 1 } } }
  })
  return { ...gate, needs, items }
}

/** Soaks that no test waits for. */
const STEPS = [{ share: 25, soakMinutes: 60, minimumRequests: 0 }, { share: 100, soakMinutes: 60, minimumRequests: 0 }]

/** The content of a template with these gates, as `create-template` takes it. */
export function shortTemplate(name: string, purpose: string, gates: readonly GateTemplate[]) {
  return { name, purpose, deferred: [], gates, steps: STEPS }
}
