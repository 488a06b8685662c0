'use client'
/** Records a decision: its kind with why it is refused, the reason, the options that were compared, who decided, conditions, and how it will be confirmed. */
import { useState } from 'react'
import { decisionKindName } from '@/components/decision/kind'
import { CommandDialog, type DialogProps } from '@/components/release/dialogs/command-dialog'
import { ConditionFields, emptyCondition, type ConditionDraft } from '@/components/release/dialogs/condition-fields'
import { dayIn, endOfDay } from '@/components/release/dialogs/day'
import { emptyOption, OptionFields, optionOf, type OptionDraft } from '@/components/release/dialogs/option-fields'
import { PeopleField } from '@/components/release/dialogs/people-field'
import type { DecideKind, Prepared } from '@/components/release/dialog-request'
import { itemOf, useStage, why } from '@/components/release/stage'
import { Field, selectAll, Select, TextArea, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import type { ReleaseCommand } from '@/lib/domain/release/commands'
import type { ReleaseView } from '@/lib/domain/release/view'

const KINDS: readonly DecideKind[] = ['go', 'go-with-conditions', 'no-go', 'defer', 'choice']

function firstTitle(view: ReleaseView, kind: DecideKind, itemId: string | undefined): string {
  const name = `${view.model.name} ${view.candidate.label}`
  if (kind === 'choice') return itemId && itemOf(view, itemId)?.computed === 'environment-choice' ? `Serve ${name} from ${view.environment.name}` : ''
  return { go: `Go for ${name}`, 'go-with-conditions': `Go for ${name}, with conditions`, 'no-go': `No-go for ${name}`, defer: `Defer ${name}` }[kind]
}

interface DecisionDialogProps extends DialogProps {
  decide: DecideKind
  itemId?: string | undefined
  supersedes?: number | undefined
  prepared?: Prepared | undefined
}

export function DecisionDialog({ decide, itemId, supersedes, prepared, ...frame }: DecisionDialogProps) {
  const { view } = useStage()
  const item = itemId ? itemOf(view, itemId) : undefined
  const isEnvironment = item?.computed === 'environment-choice'
  const [kind, setKind] = useState(decide)
  const [title, setTitle] = useState<string | null>(prepared?.title ?? null)
  const [reason, setReason] = useState(prepared?.reason ?? '')
  const [context, setContext] = useState('')
  const [drivers, setDrivers] = useState('')
  const [options, setOptions] = useState<readonly OptionDraft[]>(() => prepared && !isEnvironment ? [emptyOption('As decided', true), emptyOption('Leave it as it is', false)] : [emptyOption(isEnvironment ? view.environment.name : '', true), emptyOption('', false)])
  const [deciders, setDeciders] = useState<readonly string[]>(view.viewer.personId === null ? [] : [view.viewer.personId])
  const [consulted, setConsulted] = useState<readonly string[]>([])
  const [informed, setInformed] = useState<readonly string[]>([])
  const [conditions, setConditions] = useState<readonly ConditionDraft[]>([emptyCondition()])
  const [consequences, setConsequences] = useState('')
  const [how, setHow] = useState('')
  const [howDue, setHowDue] = useState('')
  const [until, setUntil] = useState(dayIn(7))
  const [replaces, setReplaces] = useState(supersedes ?? 0)
  // What was on the screen when the decision was opened (rule 2).
  const [seen] = useState(() => view.gates.find((gate) => gate.isDecision)?.seen ?? null)
  const isGo = kind === 'go' || kind === 'go-with-conditions'
  const words = title ?? firstTitle(view, kind, itemId)
  const blocked = view.can[`decide:${kind}`]
  const given = options.filter((option) => option.title.trim() !== '')
  const missing = blocked ? why(view, `decide:${kind}`)
    : words.trim() === '' ? 'Say in one line what is decided.'
    : reason.trim() === '' ? 'Write the reason; it goes into the record.'
    : kind === 'choice' && given.length < 2 ? 'A choice compares at least two options.'
    : kind === 'choice' && given.filter((option) => option.isChosen).length !== 1 ? 'Mark the option that is chosen.'
    : kind === 'go-with-conditions' && !conditions.some((one) => one.title.trim() !== '' && one.due !== '') ? 'Name at least one condition with its date.'
    : kind === 'defer' && until === '' ? 'Say until when.'
    : null
  const build = (): readonly ReleaseCommand[] => [{
    type: 'decide', kind, title: words.trim(), reason: reason.trim(), options: kind === 'choice' || given.length > 1 ? given.map(optionOf) : [],
    deciderIds: [...deciders], consultedIds: [...consulted], informedIds: [...informed], consequences: consequences.trim(),
    confirmation: how.trim() === '' ? null : { how: how.trim(), dueAt: howDue === '' ? null : endOfDay(howDue) },
    context: context.trim(), drivers: drivers.split('\n').map((line) => line.trim()).filter(Boolean).slice(0, 20),
    supersedes: replaces > 0 ? replaces : null, checkInId: null, itemId: kind === 'choice' ? (itemId ?? null) : null,
    until: kind === 'defer' ? endOfDay(until) : null,
    conditions: kind === 'go-with-conditions' ? conditions.filter((one) => one.title.trim() !== '' && one.due !== '').map((one) => ({ title: one.title.trim(), ownerId: one.ownerId || null, team: one.team || null, dueAt: endOfDay(one.due), ...(one.itemId === '' ? {} : { itemId: one.itemId }) })) : [],
    seen: isGo && seen ? { parts: { ...seen.parts }, items: { ...seen.items } } : null,
  }]
  const earlier = view.decisions.filter((decision) => decision.supersededBy === null)
  return (
    <CommandDialog
      {...frame} size="l" title={item ? `${item.id} ${item.title}` : 'Record a decision'} confirm={`Record: ${decisionKindName(kind)}`} missing={missing} build={build} look={kind === 'no-go' ? 'danger' : 'primary'}
      description="It gets a number and is frozen with the gates, the parts and the metrics as they are now. It is never edited, only superseded."
    >
      <div className="grid gap-4 sm:grid-cols-[200px_minmax(0,1fr)]">
        <Field label="Kind">{(control) => <Select {...control} value={kind} onChange={(event) => setKind(KINDS.find((one) => one === event.target.value) ?? kind)}>{KINDS.map((one) => <option key={one} value={one}>{decisionKindName(one)}{view.can[`decide:${one}`] ? ' (not now)' : ''}</option>)}</Select>}</Field>
        <Field label="What is decided">{(control) => <TextInput {...control} {...(prepared ? { 'data-autofocus': true, onFocus: selectAll } : {})} maxLength={300} value={words} onChange={(event) => setTitle(event.target.value)} />}</Field>
      </div>
      {blocked && <Problem refusal={blocked} />}
      <Field label="Reason">{(control) => <TextArea {...control} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
      {kind === 'defer' && <Field label="Until" className="max-w-56">{(control) => <input {...control} type="date" className="control" min={dayIn(0)} value={until} onChange={(event) => setUntil(event.target.value)} />}</Field>}
      {kind === 'choice' && <OptionFields options={options} onChange={setOptions} isEnvironment={isEnvironment} />}
      {kind === 'go-with-conditions' && <ConditionFields conditions={conditions} onChange={setConditions} />}
      <PeopleField label="Deciders" people={view.people} chosen={deciders} onChange={setDeciders} />
      <details>
        <summary className="text-ink-2">Consulted, informed, consequences, confirmation, superseding</summary>
        <div className="mt-3 flex flex-col gap-4">
          <Field label="Context" isOptional hint="The question, and what led to it.">{(control) => <TextArea {...control} rows={2} maxLength={10_000} value={context} onChange={(event) => setContext(event.target.value)} />}</Field>
          <Field label="Drivers" isOptional hint="One on each line: what the answer has to satisfy.">{(control) => <TextArea {...control} rows={2} value={drivers} onChange={(event) => setDrivers(event.target.value)} />}</Field>
          <PeopleField label="Consulted" people={view.people} chosen={consulted} onChange={setConsulted} />
          <PeopleField label="Informed" people={view.people} chosen={informed} onChange={setInformed} />
          <Field label="Consequences" isOptional>{(control) => <TextArea {...control} value={consequences} onChange={(event) => setConsequences(event.target.value)} />}</Field>
          <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_180px]">
            <Field label="How it will be confirmed" isOptional hint="What will show that it was right.">{(control) => <TextInput {...control} maxLength={300} value={how} onChange={(event) => setHow(event.target.value)} />}</Field>
            <Field label="By" isOptional>{(control) => <input {...control} type="date" className="control" value={howDue} onChange={(event) => setHowDue(event.target.value)} />}</Field>
          </div>
          {earlier.length > 0 && <Field label="Supersedes" isOptional>{(control) => <Select {...control} value={replaces} onChange={(event) => setReplaces(Number(event.target.value))}><option value={0}>nothing</option>{earlier.map((one) => <option key={one.number} value={one.number}>D-{one.number} {one.title}</option>)}</Select>}</Field>}
        </div>
      </details>
    </CommandDialog>
  )
}
