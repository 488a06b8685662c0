'use client'
/** One item of the draft: a row that opens into its words, its kind with what it asks, and for whom it counts. */
import { lazy, Suspense, useState } from 'react'
import { ofKind } from '@/components/template/edit-gates'
import type { Teams } from '@/components/template/studio/form'
import { dragging, Grip, movedByKey, OrderButtons } from '@/components/template/studio/order-buttons'
import { Button } from '@/components/ui/button'
import { Checkbox, Field, Select, TextArea, TextInput } from '@/components/ui/field'
import { Chip, Skeleton } from '@/components/ui/small'
import { RUBRIC_CODES, TIERS, type ComputedSource, type ItemKind, type ItemTemplate, type Theme, type ValueAsk } from '@/lib/domain/template/template'

const MetricForm = lazy(() => import('@/components/template/studio/metric-form').then((m) => ({ default: m.MetricForm })))

const KINDS: readonly ItemKind[] = ['check', 'evidence', 'value', 'metric', 'computed']
const THEMES: readonly (readonly [Theme, string])[] = [['T1', 'resources'], ['T2', 'environment'], ['T3', 'monitoring'], ['T4', 'versions and roll-back'], ['T5', 'data'], ['T6', 'collaboration']]
const SOURCES: readonly (readonly [ComputedSource, string])[] = [
  ['environment-choice', 'a choice that compares environments'], ['observed-against-declared', 'resources seen against the claim'], ['steps-soaked', 'every step soaked'], ['final-soak', 'the final soak'],
  ['conditions-closed', 'conditions are met'], ['waivers-closed', 'no waiver is open'],
]

export interface ItemFormProps {
  item: ItemTemplate
  index: number
  count: number
  turn: number
  teams: Teams
  ownerTeam: string
  move: (from: number, to: number) => void
  remove: () => void
  change: (make: (item: ItemTemplate) => ItemTemplate, field?: string) => void
}

export function ItemForm(props: ItemFormProps) {
  const { item, index, count, move, remove } = props
  const [isOpen, setOpen] = useState(item.title === '')
  const { handle, ...drop } = dragging('item', index, move)
  return (
    <li {...drop} className="flex flex-col">
      <div className="flex items-center gap-1 px-2 py-1">
        <Grip {...handle} />
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} onKeyDown={(event) => movedByKey(event, { index, count, move })} className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3 gap-y-1 rounded-control px-2 py-1 text-left hover:bg-sunken">
          <span className="mono w-8 shrink-0 text-12 text-ink-3">{item.id}</span>
          <span className="min-w-0 flex-1 basis-40 break-words" dir="auto">{item.title}</span>
          <span className="flex flex-wrap gap-1">{item.minTier !== 'low' && <Chip>from {item.minTier}</Chip>}{!item.isRequired && <Chip>optional</Chip>}<Chip>{item.kind}</Chip></span>
        </button>
        <OrderButtons index={index} count={count} move={move} name={`item ${item.id}`} />
        <Button size="s" look="quiet" aria-label={`Remove ${item.id}`} onClick={remove}>✕</Button>
      </div>
      {isOpen && <Fields key={props.turn} {...props} />}
    </li>
  )
}

function Fields({ item, teams, ownerTeam, change }: ItemFormProps) {
  const text = (field: 'inShort' | 'titleWithoutBaseline', words: string) => change((one) => { const { [field]: _was, ...rest } = one; return words === '' ? rest : { ...rest, [field]: words } }, field)
  return (
    <fieldset className="grid gap-3 border-t border-line bg-sunken p-4 sm:grid-cols-2">
      <legend className="sr-only">Item {item.id}</legend>
      <Field label="Title" className="sm:col-span-2">{(control) => <TextInput {...control} dir="auto" maxLength={160} value={item.title} onChange={(event) => change((one) => ({ ...one, title: event.target.value }), 'title')} />}</Field>
      <Field label="Help" isOptional className="sm:col-span-2">{(control) => <TextArea {...control} dir="auto" rows={2} maxLength={400} value={item.hint} onChange={(event) => change((one) => ({ ...one, hint: event.target.value }), 'hint')} />}</Field>
      <Field label="Kind">{(control) => <Select {...control} value={item.kind} onChange={(event) => change((one) => ofKind(one, KINDS.find((kind) => kind === event.target.value) ?? one.kind))}>{KINDS.map((kind) => <option key={kind} value={kind}>{kind}</option>)}</Select>}</Field>
      <Field label="From risk">{(control) => <Select {...control} value={item.minTier} onChange={(event) => change((one) => ({ ...one, minTier: TIERS.find((tier) => tier === event.target.value) ?? one.minTier }))}>{TIERS.map((tier) => <option key={tier} value={tier}>{tier}</option>)}</Select>}</Field>
      {item.kind === 'value' && <ValueFields value={item.value} change={(value) => change((one) => (one.kind === 'value' ? { ...one, value } : one), 'value')} />}
      {item.kind === 'metric' && <div className="sm:col-span-2"><Suspense fallback={<Skeleton className="h-48 w-full" />}><MetricForm ask={item.metric} change={(metric) => change((one) => (one.kind === 'metric' ? { ...one, metric } : one), 'metric')} /></Suspense></div>}
      {item.kind === 'computed' && <Field label="Answered by" className="sm:col-span-2">{(control) => <Select {...control} value={item.computed} onChange={(event) => change((one) => (one.kind === 'computed' ? { ...one, computed: SOURCES.find(([source]) => source === event.target.value)?.[0] ?? one.computed } : one))}>{SOURCES.map(([source, words]) => <option key={source} value={source}>{words}</option>)}</Select>}</Field>}
      <Field label="Answered by team">{(control) => <Select {...control} value={item.ownerTeam ?? ''} onChange={(event) => change(({ ownerTeam: _was, ...one }) => (event.target.value === '' ? one : { ...one, ownerTeam: event.target.value }))}><option value="">the gate&rsquo;s owner, {teams.find((team) => team.id === ownerTeam)?.name ?? ownerTeam}</option>{teams.filter((team) => team.id !== ownerTeam).map((team) => <option key={team.id} value={team.id}>{team.name}</option>)}</Select>}</Field>
      <Field label="Theme">{(control) => <Select {...control} value={item.theme} onChange={(event) => change((one) => ({ ...one, theme: THEMES.find(([theme]) => theme === event.target.value)?.[0] ?? one.theme }))}>{THEMES.map(([theme, words]) => <option key={theme} value={theme}>{words}</option>)}</Select>}</Field>
      <div className="flex flex-wrap gap-x-6 gap-y-2 sm:col-span-2">
        <Checkbox label="Required" checked={item.isRequired} onChange={(event) => change((one) => ({ ...one, isRequired: event.target.checked }))} />
        <Checkbox label="May be marked not applicable" checked={item.allowsNotApplicable} onChange={(event) => change((one) => ({ ...one, allowsNotApplicable: event.target.checked }))} />
      </div>
      <details className="sm:col-span-2">
        <summary className="cursor-pointer text-ink-2">Short name, other title, tests of the ML Test Score{item.rubric.length > 0 && ` (${item.rubric.join(' ')})`}</summary>
        <div className="mt-3 grid gap-3 sm:grid-cols-2">
          <Field label="As the sentence names it" isOptional>{(control) => <TextInput {...control} dir="auto" maxLength={60} value={item.inShort ?? ''} onChange={(event) => text('inShort', event.target.value)} />}</Field>
          <Field label="Title without a stable version" isOptional>{(control) => <TextInput {...control} dir="auto" maxLength={160} value={item.titleWithoutBaseline ?? ''} onChange={(event) => text('titleWithoutBaseline', event.target.value)} />}</Field>
          <fieldset className="sm:col-span-2">
            <legend className="mb-1 font-medium">Answers the tests</legend>
            <div className="flex flex-wrap gap-x-4 gap-y-1">{RUBRIC_CODES.map((code) => <Checkbox key={code} label={code} checked={item.rubric.includes(code)} onChange={(event) => change((one) => ({ ...one, rubric: RUBRIC_CODES.filter((each) => (each === code ? event.target.checked : one.rubric.includes(each))) }))} />)}</div>
          </fieldset>
        </div>
      </details>
    </fieldset>
  )
}

/** A number as it is being written: what cannot be read yet is kept in the field and not in the draft. */
function NumberField({ label, hint, value, isOptional = false, set }: { label: string; hint?: string; value: number | null; isOptional?: boolean; set: (value: number | null) => void }) {
  const [text, setText] = useState(value === null ? '' : String(value))
  const number = Number(text.trim().replace(',', '.'))
  const isBad = text.trim() !== '' && !Number.isFinite(number)
  return (
    <Field label={label} hint={hint} isOptional={isOptional} error={isBad ? 'Write it as a number.' : undefined}>
      {(control) => <TextInput {...control} inputMode="decimal" value={text} onChange={(event) => { setText(event.target.value); const next = Number(event.target.value.trim().replace(',', '.')); if (event.target.value.trim() === '') set(null); else if (Number.isFinite(next)) set(next) }} />}
    </Field>
  )
}

function ValueFields({ value, change }: { value: ValueAsk; change: (value: ValueAsk) => void }) {
  const { validDays, ...rest } = value
  return (
    <>
      <Field label="Asks for">{(control) => <Select {...control} value={value.direction} onChange={(event) => change({ ...value, direction: event.target.value === 'at-most' ? 'at-most' : event.target.value === 'record' ? 'record' : 'at-least', ...(event.target.value === 'record' ? { target: null } : {}) })}><option value="at-least">at least a target</option><option value="at-most">at most a target</option><option value="record">any number, recorded</option></Select>}</Field>
      <Field label="Unit">{(control) => <TextInput {...control} maxLength={40} value={value.unit} onChange={(event) => change({ ...value, unit: event.target.value })} />}</Field>
      {value.direction !== 'record' && <NumberField label={`${value.direction === 'at-most' ? 'At most' : 'At least'}, ${value.unit || 'its unit'}`} hint="Empty: whoever opens a release says it." isOptional value={value.target} set={(target) => change({ ...value, target })} />}
      <NumberField label="Good for, days" isOptional value={validDays ?? null} set={(days) => change(days === null || days < 1 ? rest : { ...rest, validDays: Math.min(730, Math.trunc(days)) })} />
    </>
  )
}
