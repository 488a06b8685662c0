'use client'
/** What the value is held against: one of seven kinds of test with the fields that it needs, the window, and how much it must rest on. */
import type { TestKind } from '@/components/metric-item/draft'
import { Choice, Line, Part, useForm } from '@/components/metric-item/form-parts'
import { secondsOf } from '@/components/metric-item/span'
import { unitOf, valueText } from '@/lib/domain/preset/unit'
import type { MetricItemForm } from '@/lib/domain/verdict/dry-run'

const TESTS: readonly (readonly [TestKind, string])[] = [
  ['threshold', 'A limit'], ['stable', 'The stable version at the same time'], ['presence', 'That it exists'], ['freshness', 'How old the newest is'],
  ['burn-rate', 'How fast an error budget is spent'], ['headroom', 'How much of a capacity is left free'], ['declared', 'What the release declared'],
]
const COMPARED = [['<=', 'at most'], ['<', 'below'], ['>=', 'at least'], ['>', 'above'], ['==', 'exactly']] as const

/** A number in base units as people read it: 0.25 → "250 ms". */
function Read({ value, unit }: { value: string; unit: string }) {
  const number = Number(value.replace(',', '.'))
  return value.trim() === '' || !Number.isFinite(number) ? null : <>That is {valueText(number, unitOf(unit))}.</>
}

/** In: what is known of the release. In a template the age of values is the evaluator's own, and a limit may be left for the opening of a release. */
export function TestFields({ form, isTemplate = false }: { form: Pick<MetricItemForm, 'hasStable' | 'declared'>; isTemplate?: boolean }) {
  const { draft } = useForm()
  const isPeak = draft.testKind === 'headroom' || draft.testKind === 'declared'
  return (
    <Part title="What it is held against">
      <Choice field="testKind" label="Held against" options={TESTS} className="sm:col-span-2" />
      <TestLines form={form} isTemplate={isTemplate} />
      {draft.testKind !== 'burn-rate' && <Line field="window" label={isPeak ? 'Highest value within' : 'Over a window of'} hint="Such as 5m, 1h or 7d." />}
      {draft.testKind !== 'burn-rate' && draft.testKind !== 'presence' && draft.testKind !== 'freshness' && <Line field="minSamples" label={isPeak ? 'Fewest points of the window' : 'Fewest requests in the window'} isNumber isOptional hint="Fewer are inconclusive, never a pass." />}
      {!isTemplate && !isPeak && draft.testKind !== 'freshness' && draft.testKind !== 'presence' && <Line field="maxAge" label="Oldest value that counts" isOptional hint="5m when empty. For pushed gauges, the time since the push." />}
    </Part>
  )
}

function TestLines({ form, isTemplate }: { form: Pick<MetricItemForm, 'hasStable' | 'declared'>; isTemplate: boolean }) {
  const { draft } = useForm()
  switch (draft.testKind) {
    case 'threshold': return <><Choice field="comparator" label="It is" options={COMPARED} /><Line field="limit" label="Limit" isNumber isOptional={isTemplate} hint={isTemplate && draft.limit.trim() === '' ? 'Empty: whoever opens a release says it.' : <Read value={draft.limit} unit={draft.unit} />} /></>
    case 'stable': return (
      <>
        {!form.hasStable && <p className="text-12 text-ink-2 sm:col-span-2">There is no stable version to compare with now, so the limit without one counts.</p>}
        <Choice field="by" label="By" options={[['ratio', 'ratio: times the stable version'], ['difference', 'difference to the stable version']]} />
        <Choice field="comparator" label="It is" options={COMPARED} />
        <Line field="limit" label={draft.by === 'ratio' ? 'Times the stable version' : 'More than the stable version by'} isNumber hint={draft.by === 'difference' ? <Read value={draft.limit} unit={draft.unit} /> : undefined} />
        <Line field="alone" label="Limit without a stable version" isNumber isOptional hint={<Read value={draft.alone} unit={draft.unit} />} />
        <Line field="ignoreBelow" label="Always passes up to" isNumber isOptional hint="So that a stable version at zero does not condemn a single error." />
        <p className="text-12 text-ink-2 sm:col-span-2">Beside the verdict stands a Mann-Whitney test of the last hour, as advice: it decides nothing, because points of a series that follow each other are alike.</p>
      </>
    )
    case 'presence': return <p className="text-12 text-ink-2 sm:col-span-2">Passes while at least one fresh series answers, whatever its value.</p>
    case 'freshness': return (
      <>
        <Choice field="freshOf" label="The query gives" options={[['sample', 'a plain series: the age of its newest sample'], ['timestamp', 'a time in seconds, such as push_time_seconds'], ['age', 'an age in seconds']]} />
        <Line field="oldest" label="At most" hint="Such as 90m, 26h or 2d." />
      </>
    )
    case 'burn-rate': return (
      <>
        <Line field="objective" label="Objective, % of good requests" isNumber hint="99.9 leaves a budget of 0.1 % for errors." />
        <Line field="factor" label="Spent at most so many times as fast" isNumber hint={<Budget long={draft.long} factor={draft.factor} />} />
        <Line field="long" label="Long window" hint="Such as 1h." />
        <Line field="short" label="Short window" hint="A twelfth of the long one is usual." />
        <Line field="minRequests" label="Fewest requests in the long window" isNumber hint="Fewer say nothing about an objective: the item is idle then." />
      </>
    )
    case 'headroom': return (
      <>
        <Choice field="capacityKind" label="The capacity is" options={[['share', 'in the query already: it gives a share'], ['value', 'a number'], ['query', 'another query']]} />
        {draft.capacityKind === 'value' && <Line field="capacity" label="Capacity" isNumber hint={<Read value={draft.capacity} unit={draft.unit} />} />}
        {draft.capacityKind === 'query' && <Line field="capacity" label="Query of the capacity" isMono />}
        <Line field="leastFree" label="Must stay free, %" isNumber />
      </>
    )
    case 'declared': {
      const claim = form.declared[draft.resource]
      return (
        <>
          <Choice field="resource" label="Declared" options={[['memory', 'memory'], ['cpu', 'CPU cores'], ['gpu-memory', 'GPU memory'], ['storage', 'storage'], ['peak-requests', 'peak requests per second']]}
            hint={isTemplate ? 'Read from the claim of each release.' : claim ? <>The release declares {valueText(claim, unitOf(draft.unit))}.</> : 'The release declares nothing of it: the item stays inconclusive.'} />
          <Line field="tolerance" label="Tolerance, %" isNumber />
        </>
      )
    }
  }
}

/** What share of a thirty-day budget is gone when the alarm rings (SRE workbook): factor × window ÷ 30 days. */
function Budget({ long, factor }: { long: string; factor: string }) {
  const [seconds, times] = [secondsOf(long), Number(factor.replace(',', '.'))]
  if (seconds === null || !Number.isFinite(times)) return null
  const share = (times * seconds) / (30 * 86_400)
  return <>Fails when {valueText(share, 'ratio')} of a 30-day budget went within the long window.</>
}
