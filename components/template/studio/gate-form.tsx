'use client'
/** One gate of the draft: what it is called, who owns and signs it, what it needs and rests on, and its items. */
import { useState } from 'react'
import { addItem, changeGate, changeItem, changePhase, moveItem, removeGate, removeItem, withCount } from '@/components/template/edit-gates'
import type { ChangeGates, Teams } from '@/components/template/studio/form'
import { ItemForm } from '@/components/template/studio/item-form'
import { Button } from '@/components/ui/button'
import { Checkbox, Field, Select, TextInput } from '@/components/ui/field'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { circleBy } from '@/lib/domain/template/needs'
import { PARTS, type GatePhase, type GateTemplate, type ItemKind, type SignOffRule } from '@/lib/domain/template/template'

const PHASES: readonly (readonly [GatePhase, string])[] = [
  ['before-decision', 'before the decision'], ['decision', 'it is the decision'], ['rollout', 'during the rollout'], ['final', 'it makes the version stable'], ['follow-up', 'after it'],
]
export const KINDS: readonly (readonly [ItemKind, string])[] = [['check', 'check'], ['evidence', 'evidence'], ['value', 'value'], ['metric', 'metric'], ['computed', 'computed']]

interface GateFormProps {
  gate: GateTemplate
  gates: readonly GateTemplate[]
  before: readonly GateTemplate[]
  teams: Teams
  turn: number
  change: ChangeGates
  leave: () => void
}

export function GateForm({ gate, gates, before, teams, turn, change, leave }: GateFormProps) {
  const set = (patch: (gate: GateTemplate) => GateTemplate, field?: string) => change((all) => changeGate(all, gate.id, patch), field && `${gate.id} ${field}`)
  const move = (from: number, to: number) => change((all) => moveItem(all, gate.id, from, to))
  return (
    <Surface aria-label={`Gate ${gate.number}`}>
      <SurfaceHead title={`${gate.number}. ${gate.name}`}><Button size="s" look="quiet" refusal={gates.length === 1 ? 'A template has at least one gate.' : null} onClick={() => { change((all) => removeGate(all, gate.id)); leave() }}>Remove the gate</Button></SurfaceHead>
      <div className="grid gap-4 p-4 sm:grid-cols-2">
        <Field label="Name">{(control) => <TextInput {...control} maxLength={60} value={gate.name} onChange={(event) => set((one) => ({ ...one, name: event.target.value }), 'name')} />}</Field>
        <Field label="On the rail" hint="At most 16 characters.">{(control) => <TextInput {...control} maxLength={16} value={gate.shortName} onChange={(event) => set((one) => ({ ...one, shortName: event.target.value }), 'short')} />}</Field>
        <Field label="Owner">
          {(control) => <Select {...control} value={gate.ownerTeam} onChange={(event) => set(({ coOwnerTeams, ...one }) => ({ ...one, ownerTeam: event.target.value, ...others(coOwnerTeams?.filter((team) => team !== event.target.value)) }))}>{teams.map((team) => <option key={team.id} value={team.id}>{team.name}</option>)}</Select>}
        </Field>
        <Field label="Stands">{(control) => <Select {...control} value={gate.phase} onChange={(event) => change((all) => changePhase(all, gate.id, PHASES.find(([phase]) => phase === event.target.value)?.[0] ?? gate.phase))}>{PHASES.map(([phase, words]) => <option key={phase} value={phase}>{words}</option>)}</Select>}</Field>
        <Group title="Owned together with">
          {teams.filter((team) => team.id !== gate.ownerTeam).map((team) => <Checkbox key={team.id} label={team.name} checked={gate.coOwnerTeams?.includes(team.id) ?? false} onChange={(event) => set(({ coOwnerTeams = [], ...one }) => ({ ...one, ...others(event.target.checked ? [...coOwnerTeams, team.id] : coOwnerTeams.filter((id) => id !== team.id)) }))} />)}
        </Group>
        <Group title="Rests on">
          {PARTS.map((part) => <Checkbox key={part} label={part.replace('-', ' ')} checked={gate.parts.includes(part)} onChange={(event) => set((one) => ({ ...one, parts: PARTS.filter((each) => (each === part ? event.target.checked : one.parts.includes(each))) }))} />)}
        </Group>
        <Rule title="Signatures" rule={gate.rule} teams={teams} isDecision={gate.isDecision === true} change={(rule) => set((one) => ({ ...one, rule }))} />
        <div className="flex flex-col gap-2">
          <Checkbox label="Another rule where a small team is allowed" checked={gate.smallTeamRule !== undefined} onChange={(event) => set(({ smallTeamRule: _rule, ...one }) => (event.target.checked ? { ...one, smallTeamRule: one.rule } : one))} />
          {gate.smallTeamRule && <Rule title="Signatures, small team" rule={gate.smallTeamRule} teams={teams} isDecision={gate.isDecision === true} change={(rule) => set((one) => ({ ...one, smallTeamRule: rule }))} />}
        </div>
        <fieldset className="sm:col-span-2">
          <legend className="mb-1 font-medium">Needs</legend>
          <div className="flex flex-wrap gap-x-4 gap-y-1">
            {gates.filter((one) => one.id !== gate.id).map((one) => {
              const circle = gate.needs.includes(one.id) ? null : circleBy(gates, gate.id, one.id)
              const isFixed = gate.isDecision === true && one.phase === 'before-decision' && gate.needs.includes(one.id)
              const why = circle ?? (isFixed ? 'The decision needs every gate before it.' : null)
              return <Checkbox key={one.id} label={<span title={why ?? undefined} className={why ? 'text-ink-3' : undefined}>{one.number}. {one.shortName}{circle !== null && <span className="sr-only">: {circle}</span>}</span>} checked={gate.needs.includes(one.id)} disabled={why !== null} onChange={(event) => set((each) => ({ ...each, needs: event.target.checked ? [...each.needs, one.id] : each.needs.filter((id) => id !== one.id) }))} />
            })}
          </div>
        </fieldset>
        <Checkbox className="sm:col-span-2" label="Bound to its environment" hint="A release for another environment, or a retry, never takes its judgement over." checked={gate.isEnvironmentBound} onChange={(event) => set((one) => ({ ...one, isEnvironmentBound: event.target.checked }))} />
      </div>
      <h3 className="px-4 pt-2 pb-2 text-14">Items</h3>
      <ul role="list" className="divide-y divide-line border-t border-line">
        {gate.items.length === 0 && <li className="px-4 py-3 text-ink-3">{gate.isDecision === true ? 'No items: it makes a decision.' : 'No items yet. Add the first one below.'}</li>}
        {gate.items.map((item, index) => (
          <ItemForm key={item.id} item={item} index={index} count={gate.items.length} turn={turn} teams={teams} ownerTeam={gate.ownerTeam} move={move} remove={() => change((all) => removeItem(all, gate.id, item.id))}
            change={(make, field) => change((all) => changeItem(all, gate.id, item.id, make), field && `${item.id} ${field}`)} />
        ))}
      </ul>
      <AddItem isFull={gate.items.length >= 60} onAdd={(kind, title) => change((all) => addItem(all, before, gate.id, kind, title))} />
    </Surface>
  )
}

function others(teams: readonly string[] | undefined) {
  return teams && teams.length > 0 ? { coOwnerTeams: teams } : {}
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return <fieldset><legend className="mb-1 font-medium">{title}</legend><div className="flex flex-wrap gap-x-4 gap-y-1">{children}</div></fieldset>
}

function Rule({ title, rule, teams, isDecision, change }: { title: string; rule: SignOffRule; teams: Teams; isDecision: boolean; change: (rule: SignOffRule) => void }) {
  const { counterSignatures, ...rest } = rule
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{title}</legend>
      <div className="flex flex-wrap gap-3">
        {teams.map((team) => <Field key={team.id} label={team.name}>{(control) => <TextInput {...control} type="number" min={0} max={10} className="w-20" value={rule.teams.find((one) => one.team === team.id)?.count ?? 0} onChange={(event) => change(withCount(rule, team.id, Math.max(0, Math.min(10, Math.trunc(Number(event.target.value) || 0)))))} />}</Field>)}
        <Field label="Anyone else">{(control) => <TextInput {...control} type="number" min={0} max={5} className="w-20" value={counterSignatures ?? 0} onChange={(event) => { const count = Math.max(0, Math.min(5, Math.trunc(Number(event.target.value) || 0))); change(count === 0 ? rest : { ...rest, counterSignatures: count }) }} />}</Field>
        {isDecision && <Field label="Chairs">{(control) => <Select {...control} value={rule.chair ?? ''} onChange={(event) => { const { chair: _chair, ...open } = rule; change(event.target.value === '' ? open : { ...open, chair: event.target.value }) }}><option value="">nobody</option>{rule.teams.map((one) => <option key={one.team} value={one.team}>{teams.find((team) => team.id === one.team)?.name ?? one.team}</option>)}</Select>}</Field>}
      </div>
    </fieldset>
  )
}

function AddItem({ onAdd, isFull }: { onAdd: (kind: ItemKind, title: string) => void; isFull: boolean }) {
  const [kind, setKind] = useState<ItemKind>('check')
  const [title, setTitle] = useState('')
  return (
    <div className="grid gap-2 border-t border-line p-4 sm:grid-cols-[8rem_minmax(0,1fr)_auto] sm:items-end">
      <Field label="New item">{(control) => <Select {...control} value={kind} onChange={(event) => setKind(KINDS.find(([one]) => one === event.target.value)?.[0] ?? 'check')}>{KINDS.map(([one, words]) => <option key={one} value={one}>{words}</option>)}</Select>}</Field>
      <Field label="Its title">{(control) => <TextInput {...control} maxLength={160} value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>
      <Button refusal={isFull ? 'A gate has at most 60 items.' : title.trim() === '' ? 'Write its title first.' : null} onClick={() => { onAdd(kind, title.trim()); setTitle('') }}>Add</Button>
    </div>
  )
}
