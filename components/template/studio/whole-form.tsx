'use client'
/** What belongs to the template as a whole: name and purpose, the rollout that is offered, and conditions that it leaves for later. */
import { Button } from '@/components/ui/button'
import { Field, Select, TextInput } from '@/components/ui/field'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import type { Teams } from '@/components/template/studio/form'
import type { TemplateContent } from '@/lib/domain/template/template'

type Change = (make: (content: TemplateContent) => TemplateContent, field?: string) => void

const whole = (text: string, most: number) => Math.max(0, Math.min(most, Math.trunc(Number(text) || 0)))

export function WholeForm({ content, teams, change }: { content: TemplateContent; teams: Teams; change: Change }) {
  const { steps, deferred } = content
  const step = (index: number, patch: Partial<TemplateContent['steps'][number]>, field: string) => change((one) => ({ ...one, steps: one.steps.map((each, at) => (at === index ? { ...each, ...patch } : each)) }), `step ${index} ${field}`)
  const condition = (index: number, patch: Partial<TemplateContent['deferred'][number]>, field?: string) => change((one) => ({ ...one, deferred: one.deferred.map((each, at) => (at === index ? { ...each, ...patch } : each)) }), field && `condition ${index} ${field}`)
  return (
    <Surface aria-label="The template as a whole">
      <SurfaceHead title="The template as a whole" />
      <div className="grid gap-4 p-4">
        <Field label="Name">{(control) => <TextInput {...control} dir="auto" maxLength={60} value={content.name} onChange={(event) => change((one) => ({ ...one, name: event.target.value }), 'name')} />}</Field>
        <Field label="When to use it">{(control) => <TextInput {...control} dir="auto" maxLength={300} value={content.purpose} onChange={(event) => change((one) => ({ ...one, purpose: event.target.value }), 'purpose')} />}</Field>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 font-medium">Rollout offered</legend>
          {steps.map((one, index) => (
            <div key={index} className="grid grid-cols-2 items-end gap-2 sm:grid-cols-[6rem_8rem_10rem_auto]">
              <Field label={`Share, %, step ${index + 1}`}>{(control) => <TextInput {...control} type="number" min={0} max={100} step="any" value={one.share} onChange={(event) => step(index, { share: Math.max(0, Math.min(100, Number(event.target.value) || 0)) }, 'share')} />}</Field>
              <Field label="Soak, minutes">{(control) => <TextInput {...control} type="number" min={0} value={one.soakMinutes} onChange={(event) => step(index, { soakMinutes: whole(event.target.value, 129_600) }, 'soak')} />}</Field>
              <Field label="Least requests">{(control) => <TextInput {...control} type="number" min={0} value={one.minimumRequests} onChange={(event) => step(index, { minimumRequests: whole(event.target.value, 1e12) }, 'requests')} />}</Field>
              <Button look="quiet" refusal={steps.length === 1 ? 'A rollout has at least one step.' : null} onClick={() => change((each) => ({ ...each, steps: each.steps.filter((_, at) => at !== index) }))}>Remove step {index + 1}</Button>
            </div>
          ))}
          <span><Button size="s" refusal={steps.length >= 20 ? 'A rollout has at most 20 steps.' : null} onClick={() => change((one) => ({ ...one, steps: [{ share: 1, soakMinutes: 60, minimumRequests: 1000 }, ...one.steps] }))}>Add a first step</Button></span>
        </fieldset>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 font-medium">Left for later</legend>
          <p className="text-12 text-ink-3">What this template does not ask becomes a condition of the go, with an owner and a due date.</p>
          {deferred.map((one, index) => (
            <div key={one.id} className="grid items-end gap-2 sm:grid-cols-[minmax(0,1fr)_10rem_6rem_auto]">
              <Field label={`Condition ${index + 1}`}>{(control) => <TextInput {...control} dir="auto" maxLength={200} value={one.title} onChange={(event) => condition(index, { title: event.target.value }, 'title')} />}</Field>
              <Field label="Owner">{(control) => <Select {...control} value={one.ownerTeam} onChange={(event) => condition(index, { ownerTeam: event.target.value })}>{teams.map((team) => <option key={team.id} value={team.id}>{team.name}</option>)}</Select>}</Field>
              <Field label="Due, days">{(control) => <TextInput {...control} type="number" min={1} max={365} value={one.dueDays} onChange={(event) => condition(index, { dueDays: Math.max(1, whole(event.target.value, 365)) }, 'days')} />}</Field>
              <Button look="quiet" onClick={() => change((each) => ({ ...each, deferred: each.deferred.filter((_, at) => at !== index) }))}>Remove</Button>
            </div>
          ))}
          <span><Button size="s" refusal={deferred.length >= 40 ? 'There are at most 40.' : null} onClick={() => change((each) => ({ ...each, deferred: [...each.deferred, { id: freshId(each), title: 'What is still to be done', ownerTeam: teams[0]?.id ?? 'product', dueDays: 5 }] }))}>Add a condition</Button></span>
        </fieldset>
      </div>
    </Surface>
  )
}

function freshId({ deferred }: TemplateContent): string {
  let number = deferred.length + 1
  while (deferred.some((one) => one.id === `later-${number}`)) number += 1
  return `later-${number}`
}
