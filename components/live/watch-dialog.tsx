'use client'
/** Chooses what an adopted version is watched for: lines of the templates with limits of its own, by which labels, on which stack. */
import { useState } from 'react'
import { labelsText, parseLabels } from '@/components/live/labels'
import { dayOf, endOfDay } from '@/components/release/dialogs/day'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Checkbox, Field, Select, TextArea, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { useCommand } from '@/lib/client/commands'
import type { LiveView, WatchChoice } from '@/lib/domain/live/view'
import { STACKS } from '@/lib/domain/preset/preset'
import { ruleWords } from '@/lib/domain/verdict/rule-words'

interface Draft {
  readonly isOn: boolean
  /** As written; only for lines with one limit. */
  readonly limit: string
  readonly proposes: boolean
}

/** The limit that a reader may change: one number in the unit of the rule. */
function limitOf(choice: WatchChoice): number | null {
  return choice.spec.rule.test.kind === 'threshold' ? choice.spec.rule.test.limit : null
}

function specWith(choice: WatchChoice, limit: string): WatchChoice['spec'] {
  const { spec } = choice
  const number = Number(limit)
  return spec.rule.test.kind === 'threshold' && limit.trim() !== '' && Number.isFinite(number) ? { ...spec, rule: { ...spec.rule, test: { ...spec.rule.test, limit: number } } } : spec
}

export function WatchDialog({ view, onClose }: { view: LiveView; onClose: () => void }) {
  const { run, pending, refusal } = useCommand('live', view.id)
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>(() => Object.fromEntries(view.choices.map((choice) => [choice.id, {
    isOn: view.own?.itemIds.includes(choice.id) ?? false, limit: String(limitOf(choice) ?? ''), proposes: view.own?.proposing.includes(choice.id) ?? false,
  }])))
  const [text, setText] = useState(labelsText(view.watch?.labels ?? {}))
  const [stack, setStack] = useState<string>(view.own?.stack ?? '')
  const [day, setDay] = useState(dayOf(view.reviewAt ?? new Date(Date.parse(view.asOf) + 90 * 86_400_000).toISOString()))
  const { labels, fault } = parseLabels(text)
  const set = (id: string, change: Partial<Draft>) => setDrafts((all) => {
    const before = all[id]
    return before ? { ...all, [id]: { ...before, ...change } } : all
  })
  const chosen = view.choices.filter((choice) => drafts[choice.id]?.isOn)
  const send = async () => {
    const items = chosen.map((choice) => ({ id: choice.id, title: choice.title, spec: specWith(choice, drafts[choice.id]?.limit ?? ''), proposes: drafts[choice.id]?.proposes ?? false }))
    if ((await run({ type: 'set-watch', labels, stack: stack === '' ? null : stack, items, reviewAt: day === '' ? null : endOfDay(day) })).ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} onSubmit={() => { if (fault === null && chosen.length > 0) void send() }} isBusy={pending} size="l" title={`What ${view.modelName} ${view.label ?? ''} is watched for`}
      description={`Standing items of the templates, measured in ${view.environmentName} from now on. Only a limit that is passed for longer than is tolerated turns it at risk.`}
      footer={<><Button look="quiet" onClick={onClose}>Cancel</Button><Button look="primary" type="submit" isBusy={pending} refusal={chosen.length === 0 ? 'Choose at least one line.' : null}>Watch {chosen.length === 1 ? '1 line' : `${chosen.length} lines`}</Button></>}>
      <Problem refusal={refusal} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Labels of its series" hint="One name=value in a line, as they stand in Prometheus." error={fault ?? undefined}>{(control) => <TextArea {...control} required className="mono" spellCheck={false} placeholder={'model_name=fraud-scorer\nmodel_version=4.1'} value={text} onChange={(event) => setText(event.target.value)} />}</Field>
        <div className="flex flex-col gap-4">
          <Field label="Serving stack" hint="Says by which metric names a line is found.">{(control) => <Select {...control} value={stack} onChange={(event) => setStack(event.target.value)}><option value="">the model_* convention, Kubernetes, DCGM</option>{STACKS.map((one) => <option key={one} value={one}>{one}</option>)}</Select>}</Field>
          <Field label="Review on" isOptional>{(control) => <TextInput {...control} type="date" value={day} onChange={(event) => setDay(event.target.value)} />}</Field>
        </div>
      </div>
      <ul role="list" aria-label="Lines to watch" className="divide-y divide-line rounded-control border border-line">
        {view.choices.map((choice) => {
          const draft = drafts[choice.id]
          const isOn = draft?.isOn ?? false
          return (
            <li key={choice.id} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-3 py-2">
              <Checkbox className="min-w-0 flex-1 basis-64" label={choice.title} hint={`${ruleWords(specWith(choice, draft?.limit ?? ''))} From “${choice.from}”.`} checked={isOn} onChange={(event) => set(choice.id, { isOn: event.target.checked })} />
              {isOn && limitOf(choice) !== null && <Field label={`Limit, ${choice.spec.rule.unit}`} className="w-32">{(control) => <TextInput {...control} inputMode="decimal" value={draft?.limit ?? ''} onChange={(event) => set(choice.id, { limit: event.target.value })} />}</Field>}
              {isOn && <Checkbox className="w-44" label="Proposes a roll-back" checked={draft?.proposes ?? false} onChange={(event) => set(choice.id, { proposes: event.target.checked })} />}
            </li>
          )
        })}
      </ul>
    </Dialog>
  )
}
