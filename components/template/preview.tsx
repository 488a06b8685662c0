'use client'
/** A template as a release of one risk will show it: the rail with its lanes, and each gate with the items that are asked then. */
import { useState } from 'react'
import { ReleaseRail } from '@/components/gate/release-rail'
import { GateCard } from '@/components/template/gate-card'
import { Field, Select } from '@/components/ui/field'
import { Surface } from '@/components/ui/surface'
import { formatPlural } from '@/lib/domain/format'
import type { RailModel } from '@/lib/domain/rail'
import { itemsForTier, ruleUnder, TIERS, type GateTemplate, type Tier } from '@/lib/domain/template/template'
import type { TemplateView } from '@/lib/domain/template/view'

interface PreviewProps {
  gates: readonly GateTemplate[]
  teams: TemplateView['teams']
  separation: TemplateView['separation']
}

/** The rail before anything is done: what needs nothing is open, all else is later. */
function railOf(gates: readonly GateTemplate[], teams: PreviewProps['teams'], policy: 'strict' | 'small-team'): RailModel {
  return {
    teams: teams.filter((team) => gates.some((gate) => gate.ownerTeam === team.id || ruleUnder(gate, policy).teams.some((one) => one.team === team.id))),
    gates: gates.map((gate) => ({
      id: gate.id, number: gate.number, name: gate.name, shortName: gate.shortName, isPassed: false, hasBall: gate.needs.length === 0,
      lanes: ruleUnder(gate, policy).teams.map((one) => ({ team: one.team, state: gate.needs.length === 0 ? 'open' : 'later' })),
    })),
  }
}

export function Preview({ gates, teams, separation }: PreviewProps) {
  const [tier, setTier] = useState<Tier>('medium')
  const asked = gates.map((gate) => ({ ...gate, items: itemsForTier(gate, tier) }))
  const count = asked.reduce((sum, gate) => sum + gate.items.length, 0)
  const measured = asked.flatMap((gate) => gate.items).filter((item) => item.kind === 'metric' || item.kind === 'computed').length
  return (
    <section aria-label="Preview" className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-end gap-4">
        <Field label="As a release of the risk">{(control) => <Select {...control} value={tier} onChange={(event) => setTier(TIERS.find((one) => one === event.target.value) ?? tier)}>{TIERS.map((one) => <option key={one} value={one}>{one}</option>)}</Select>}</Field>
        <p className="text-ink-2">{formatPlural(gates.length, 'gate')} with {formatPlural(count, 'item')}, {measured} of them answered without a person; {separation[tier] === 'strict' ? 'strict separation' : 'small team'}.</p>
      </div>
      <Surface className="py-3"><ReleaseRail model={railOf(gates, teams, separation[tier])} hrefOf={(gate) => `#preview-${gate.id}`} /></Surface>
      {asked.map((gate) => <div key={gate.id} id={`preview-${gate.id}`} className="scroll-mt-4"><GateCard gate={gate} gates={gates} teams={teams} /></div>)}
    </section>
  )
}
