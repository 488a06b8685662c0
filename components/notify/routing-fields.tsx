'use client'
/** Chooses which messages go to a place by what they are about and whom it concerns: for each team, model, environment, risk and severity only that, never that, or no rule. */
import { Select } from '@/components/ui/field'
import type { DestinationsView } from '@/lib/domain/destination/view'
import { type Choice, EVERYTHING, type Routing, SEVERITIES } from '@/lib/domain/notice/routing'

interface Option { readonly id: string; readonly name: string }
const RISKS = ['low', 'medium', 'high'] as const
const SIDES = { any: 'No rule', only: 'Only', never: 'Never' } as const
type Side = keyof typeof SIDES

function sideOf(choice: Choice, id: string): Side {
  return choice.anyOf.includes(id) ? 'only' : choice.noneOf.includes(id) ? 'never' : 'any'
}

function moved<T extends string>(choice: Choice<T>, id: T, side: Side): Choice<T> {
  const without = (all: readonly T[]): readonly T[] => all.filter((one) => one !== id)
  return {
    anyOf: side === 'only' ? [...without(choice.anyOf), id] : without(choice.anyOf),
    noneOf: side === 'never' ? [...without(choice.noneOf), id] : without(choice.noneOf),
  }
}

function Group<T extends string>({ title, options, choice, onChange }: { title: string; options: readonly (Option & { readonly id: T })[]; choice: Choice<T>; onChange: (choice: Choice<T>) => void }) {
  if (options.length === 0) return null
  return (
    <fieldset className="min-w-0">
      <legend className="text-12 text-ink-2">{title}</legend>
      <ul className="mt-1 flex max-h-48 flex-col gap-1 overflow-y-auto">
        {options.map((one) => (
          <li key={one.id} className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate" title={one.name}>{one.name}</span>
            <Select
              className="w-28"
              aria-label={`${title}: ${one.name}`}
              value={sideOf(choice, one.id)}
              onChange={({ target }) => onChange(moved(choice, one.id, target.value === 'only' ? 'only' : target.value === 'never' ? 'never' : 'any'))}
            >
              {Object.entries(SIDES).map(([side, label]) => <option key={side} value={side}>{label}</option>)}
            </Select>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

export function RoutingFields({ routing, view, onChange }: { routing: Routing | null; view: Pick<DestinationsView, 'models' | 'environments' | 'teams'>; onChange: (routing: Routing) => void }) {
  const rule = routing ?? EVERYTHING
  const teams = rule.teams ?? { anyOf: [], noneOf: [] }
  const count = [rule.models, rule.environments, rule.risks, rule.severities, teams].reduce((sum, { anyOf, noneOf }) => sum + anyOf.length + noneOf.length, 0)
  return (
    <details open={count > 0}>
      <summary className="cursor-pointer font-medium">Only some of it<span className="font-normal text-ink-3"> {count === 0 ? 'no rules yet' : count === 1 ? '1 rule' : `${count} rules`}</span></summary>
      <p className="mt-1 text-12 text-ink-3">A release must be among the “only” of each list and among no “never”. Check-ins are about no single release and pass all rules but those of severity and teams. What concerns several teams comes when one of them is wanted, and what concerns everybody always.</p>
      <div className="mt-2 grid gap-4 sm:grid-cols-2">
        <Group title="Teams" options={view.teams} choice={teams} onChange={(chosen) => onChange({ ...rule, teams: chosen })} />
        <Group title="Models" options={view.models} choice={rule.models} onChange={(models) => onChange({ ...rule, models })} />
        <Group title="Environments" options={view.environments} choice={rule.environments} onChange={(environments) => onChange({ ...rule, environments })} />
        <Group title="Risk" options={RISKS.map((id) => ({ id, name: `${id} risk` }))} choice={rule.risks} onChange={(risks) => onChange({ ...rule, risks })} />
        <Group title="Severity" options={SEVERITIES.map((id) => ({ id, name: id }))} choice={rule.severities} onChange={(severities) => onChange({ ...rule, severities })} />
      </div>
    </details>
  )
}
