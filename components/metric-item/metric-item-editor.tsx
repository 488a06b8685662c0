'use client'
/** Changes how a metric item is measured, as a whole: what, against what, how often; says the rule in words while it is written and tries it before it is saved. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { draftOf, specOf, type Draft, type DraftField, type Faults } from '@/components/metric-item/draft'
import { FormProvider } from '@/components/metric-item/form-parts'
import { PlanFields } from '@/components/metric-item/plan-fields'
import { QueryFields } from '@/components/metric-item/query-fields'
import { TestFields } from '@/components/metric-item/test-fields'
import { CommandDialog, type DialogProps } from '@/components/release/dialogs/command-dialog'
import { itemOf, useStage } from '@/components/release/stage'
import { Button } from '@/components/ui/button'
import { Checkbox, Field, Select, TextArea } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { Skeleton } from '@/components/ui/small'
import { ApiError } from '@/lib/client/api'
import { metricItemQuery, tryMetric } from '@/lib/client/metric-items'
import { DRY_RUN_SPANS, type DryRunSpan, type MetricItemForm } from '@/lib/domain/verdict/dry-run'
import type { MetricSpec } from '@/lib/domain/verdict/metric-spec'
import { planWords, ruleWords } from '@/lib/domain/verdict/rule-words'
import { specProblems, type SpecField } from '@/lib/domain/verdict/spec-problems'

const DryRunResult = lazy(() => import('@/components/metric-item/dry-run-result').then((m) => ({ default: m.DryRunResult })))

const SPAN_WORDS: Readonly<Record<DryRunSpan, string>> = { '1h': 'the last hour', '6h': 'the last 6 hours', '24h': 'the last day', '7d': 'the last 7 days' }

/** Where a problem of the whole is shown. */
const FIELD_OF: Readonly<Record<SpecField, DraftField>> = {
  query: 'promql', samples: 'samples', unit: 'unit', test: 'testKind', limit: 'factor', alone: 'alone', window: 'window', shortWindow: 'short', minSamples: 'minSamples', count: 'count', interval: 'interval',
  failureLimit: 'failureLimit', validForDays: 'validDays', kind: 'testKind', capacity: 'capacityKind',
}

/** In: the item. Its form is read when the dialog opens. */
export function MetricItemEditor({ itemId, ...frame }: DialogProps & { itemId: string }) {
  const { view } = useStage()
  const { data: form, error } = useQuery(metricItemQuery(view.code, itemId))
  const [draft, setDraft] = useState<Draft | null>(null)
  const [isRequired, setRequired] = useState<boolean | null>(null)
  const [reason, setReason] = useState('')
  const item = itemOf(view, itemId)
  const shown = draft ?? (form ? draftOf(form.spec ?? form.start) : null)
  const read = form && shown ? readDraft(shown, form.mode) : null
  const missing = !read || !form ? 'One moment.' : form.changeRefusal ?? (Object.values(read.faults)[0] ?? (reason.trim() === '' ? 'Say why.' : null))
  return (
    <CommandDialog
      {...frame} size="l" title={`How ${itemId} is measured`} confirm="Change it" missing={missing}
      description={`${item?.title ?? ''}. The verdict is cleared and sign-offs that rested on it become stale. Asking less, or something else, waits for someone of another team.`}
      build={() => (read ? [{ type: 'change-metric', itemId, isRequired: isRequired ?? form?.isRequired ?? true, spec: read.spec, reason: reason.trim() }] : [])}
    >
      {error && <Problem refusal={error instanceof ApiError ? error.refusal : { message: 'It could not be read. Close this and try again.' }} />}
      {!form && !error && <Skeleton className="h-96 w-full" />}
      {form && shown && read && (
        <FormProvider value={{ draft: shown, faults: read.faults, set: (change) => setDraft({ ...shown, ...change }) }}>
          <Words spec={read.spec} isWhole={Object.keys(read.faults).length === 0} />
          <QueryFields form={form} />
          <TestFields form={form} />
          <PlanFields mode={form.mode} />
          <Trial code={view.code} itemId={itemId} form={form} spec={read.spec} refusal={Object.values(read.faults)[0] ?? null} />
          <Checkbox label="Required" hint="An optional item is shown and does not hold the gate." checked={isRequired ?? form.isRequired} onChange={(event) => setRequired(event.target.checked)} />
          <Field label="Reason">{(control) => <TextArea {...control} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
        </FormProvider>
      )}
    </CommandDialog>
  )
}

/** The specification with all faults: of fields that cannot be read first, of the whole after that. */
function readDraft(draft: Draft, mode: MetricItemForm['mode']): { readonly spec: MetricSpec; readonly faults: Faults } {
  const { spec, faults } = specOf(draft, mode)
  if (Object.keys(faults).length > 0) return { spec, faults }
  const found: Partial<Record<DraftField, string>> = {}
  for (const problem of specProblems(spec)) found[FIELD_OF[problem.field]] ??= problem.message
  return { spec, faults: found }
}

function Words({ spec, isWhole }: { spec: MetricSpec; isWhole: boolean }) {
  return (
    <p role="status" aria-label="The rule in words" className="sticky -top-2 z-10 border-b border-line bg-surface py-2">
      {isWhole ? <><b className="font-medium">{ruleWords(spec)}</b> {planWords(spec)}</> : <span className="text-ink-2">The rule is said here when every field can be read.</span>}
    </p>
  )
}

function Trial({ code, itemId, form, spec, refusal }: { code: string; itemId: string; form: MetricItemForm; spec: MetricSpec; refusal: string | null }) {
  const [span, setSpan] = useState<DryRunSpan>('7d')
  const trial = useMutation({ mutationFn: async (asked: { spec: MetricSpec; span: DryRunSpan }) => ({ asked, answer: await tryMetric(code, itemId, asked.spec, asked.span) }), networkMode: 'always' })
  const isOld = trial.data !== undefined && JSON.stringify(trial.data.asked.spec) !== JSON.stringify(spec)
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Button isBusy={trial.isPending} busyLabel="Asking…" refusal={refusal} reasonAt="start" onClick={() => trial.mutate({ spec, span })}>Try it</Button>
        <label className="flex items-center gap-2 text-ink-2">now and over
          <Select className="w-auto!" value={span} onChange={(event) => setSpan(DRY_RUN_SPANS.find((one) => one === event.target.value) ?? '7d')}>
            {DRY_RUN_SPANS.map((one) => <option key={one} value={one}>{SPAN_WORDS[one]}</option>)}
          </Select>
        </label>
        {isOld && !trial.isPending && <span className="text-12 text-waiting">The rule has changed since it was tried.</span>}
      </div>
      {trial.error && <Problem refusal={trial.error instanceof ApiError ? trial.error.refusal : { message: 'It could not be tried. Try again.' }} />}
      {trial.data && <Suspense fallback={<Skeleton className="h-48 w-full" />}><DryRunResult answer={trial.data.answer} spec={trial.data.asked.spec} hasStable={form.hasStable} /></Suspense>}
    </div>
  )
}
