'use client'
/** What is measured: a signal of the checklist, a preset, or own PromQL; where, of which series, in which unit. */
import { useQuery } from '@tanstack/react-query'
import { Choice, Line, Part, useForm } from '@/components/metric-item/form-parts'
import { PromqlEditor } from '@/components/promql/promql-editor'
import { presetsQuery } from '@/lib/client/metric-items'
import { SIGNALS } from '@/lib/domain/preset/preset'
import { UNITS } from '@/lib/domain/preset/unit'
import type { MetricItemForm } from '@/lib/domain/verdict/dry-run'
import { subjectWords } from '@/lib/domain/verdict/rule-words'

const KINDS = [['signal', 'A signal, by whatever stack the release has'], ['preset', 'One preset'], ['promql', 'Own PromQL']] as const
const REDUCED = [['', 'There must be one series'], ['max', 'The highest of them'], ['min', 'The lowest of them'], ['sum', 'Their sum'], ['avg', 'Their mean']] as const
const UNIT_WORDS: Readonly<Record<string, string>> = { s: 'seconds', ratio: 'ratio (1 is 100 %)', score: 'plain number', bytes: 'bytes', cores: 'CPU cores', count: 'count', days: 'days', currency: 'currency', req: 'requests', 'req/s': 'requests per second', 'tok/s': 'tokens per second' }

function sentence(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

export function QueryFields({ form }: { form: MetricItemForm }) {
  const { draft, faults, set } = useForm()
  const { data: presets = [] } = useQuery({ ...presetsQuery(), enabled: draft.queryKind === 'preset' })
  const stacks = [...new Set(presets.map((one) => one.stack))]
  return (
    <Part title="What is measured">
      <Choice field="queryKind" label="By" options={KINDS} />
      {draft.queryKind === 'signal' && <Choice field="signal" label="Signal">{SIGNALS.map((one) => <option key={one} value={one}>{sentence(subjectWords({ query: { kind: 'signal', signal: one } }))}</option>)}</Choice>}
      {draft.queryKind === 'preset' && (
        <Choice field="presetId" label="Preset">
          <option value="">Choose one</option>
          {!presets.some((one) => one.id === draft.presetId) && draft.presetId !== '' && <option value={draft.presetId}>{draft.presetId}</option>}
          {stacks.map((stack) => <optgroup key={stack} label={stack}>{presets.filter((one) => one.stack === stack).map((one) => <option key={one.id} value={one.id}>{one.title}</option>)}</optgroup>)}
        </Choice>
      )}
      {draft.queryKind === 'promql' && (
        <div className="flex flex-col gap-3 sm:col-span-2">
          {form.ownQueryRefusal !== null && <p className="text-12 text-waiting">{form.ownQueryRefusal}</p>}
          <div>
            <p className="font-medium">Query</p>
            <PromqlEditor label="Query" value={draft.promql} sourceId={form.sourceId} onChange={(promql) => set({ promql })} {...(faults.promql ? { errors: [faults.promql] } : {})} />
          </div>
          <Line field="samples" label="What counts the requests behind it" isOptional isMono hint="A query too, such as sum(increase(my_requests_total{$sel}[$w]))." />
        </div>
      )}
      <Choice field="unit" label="Unit" options={UNITS.map((unit) => [unit, UNIT_WORDS[unit] ?? unit] as const)} />
      <Choice field="reducer" label="When several series match" options={REDUCED} />
      <Choice field="direction" label="Better is" options={[['lower-is-better', 'lower'], ['higher-is-better', 'higher'], ['neutral', 'neither']]} />
      <Choice field="source" label="Asked of">
        <option value="environment">the target environment&rsquo;s source</option>
        <option value="staging">the staging environment&rsquo;s source</option>
        {form.sources.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
      </Choice>
      <Line field="selectors" label="More labels" isOptional isMono className="sm:col-span-2" hint={`Added to ${Object.entries(form.labels).map(([name, value]) => `${name}=${value}`).join(', ') || 'the labels of the release'}; such as slice=worst.`} />
    </Part>
  )
}
