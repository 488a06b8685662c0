/** One gate of a template: who owns and signs it, what it needs and rests on, and its items. */
import { TeamMark } from '@/components/gate/team-mark'
import { Chip } from '@/components/ui/small'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { valueWords } from '@/lib/domain/template/export-markdown'
import type { GateTemplate, ItemTemplate, SignOffRule } from '@/lib/domain/template/template'
import type { TemplateView } from '@/lib/domain/template/view'
import { specOfAsk } from '@/lib/domain/verdict/ask-spec'
import { ruleWords } from '@/lib/domain/verdict/rule-words'

interface GateCardProps {
  gate: GateTemplate
  gates: readonly GateTemplate[]
  teams: TemplateView['teams']
}

/** "1 Product + 1 Ops + 1 counter-signature". */
export function ruleInWords(rule: SignOffRule, nameOf: (team: string) => string): string {
  const parts = rule.teams.map((one) => `${one.count} ${nameOf(one.team)}`)
  if (rule.counterSignatures !== undefined && rule.counterSignatures > 0) parts.push(`${rule.counterSignatures} counter-signature`)
  return parts.join(' + ')
}

export function GateCard({ gate, gates, teams }: GateCardProps) {
  const nameOf = (team: string) => teams.find((one) => one.id === team)?.name ?? team
  const owners = [gate.ownerTeam, ...(gate.coOwnerTeams ?? [])].flatMap((id) => teams.find((one) => one.id === id) ?? [])
  const needs = gate.needs.flatMap((id) => gates.find((one) => one.id === id)?.number ?? [])
  return (
    <Surface aria-label={gate.name}>
      <SurfaceHead title={`${gate.number}. ${gate.name}`}>
        <span className="flex flex-wrap items-center gap-3 text-12 text-ink-2">{owners.map((team) => <TeamMark key={team.id} shape={team.shape} name={team.name} />)}</span>
      </SurfaceHead>
      <div className="flex flex-wrap gap-x-4 gap-y-1 px-4 pt-3 text-12 text-ink-2">
        <span><span className="text-ink-3">Signs</span> {ruleInWords(gate.rule, nameOf)}{gate.smallTeamRule && ` (small-team: ${ruleInWords(gate.smallTeamRule, nameOf)})`}</span>
        <span><span className="text-ink-3">Needs</span> {needs.length === 0 ? 'nothing' : `gate ${needs.join(', ')}`}</span>
        <span><span className="text-ink-3">Rests on</span> {gate.parts.length === 0 ? 'nothing' : gate.parts.join(', ').replace('last-stable', 'last stable')}</span>
        {gate.isEnvironmentBound && <span>bound to its environment</span>}
      </div>
      <ul role="list" className="mt-2 divide-y divide-line border-t border-line">
        {gate.items.length === 0 && <li className="px-4 py-2 text-ink-3">No items: it makes a decision.</li>}
        {gate.items.map((item) => <ItemRow key={item.id} item={item} nameOf={nameOf} />)}
      </ul>
    </Surface>
  )
}

const KINDS = { check: 'check', evidence: 'evidence', value: 'value', metric: 'metric', computed: 'computed' } as const

/** The rule of a measured line and the target of a value, in words. */
function askedText(item: ItemTemplate): string | null {
  if (item.kind === 'value') return `Asks for ${valueWords(item.value).replace('record', 'any number of')}${item.value.target === null && item.value.direction !== 'record' ? ' (said when a release is opened)' : ''}.`
  if (item.kind !== 'metric') return null
  const spec = specOfAsk(item.metric, null)
  return spec ? ruleWords(spec) : 'Passes at a limit that is said when a release is opened.'
}

function ItemRow({ item, nameOf }: { item: ItemTemplate; nameOf: (team: string) => string }) {
  const asked = askedText(item)
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-2">
      <span className="mono w-8 shrink-0 text-12 text-ink-3">{item.id}</span>
      <span className="min-w-0 flex-1 basis-56"><span className="font-medium break-words" dir="auto">{item.title}</span><span className="block text-12 whitespace-pre-wrap text-ink-2">{item.hint}</span>{asked !== null && <span className="block text-12 text-ink-3">{asked}</span>}</span>
      <span className="flex flex-wrap items-center gap-1">
        {item.minTier !== 'low' && <Chip>from {item.minTier}</Chip>}
        {!item.isRequired && <Chip>optional</Chip>}
        {item.allowsNotApplicable && <Chip>may not apply</Chip>}
        {item.ownerTeam !== undefined && <Chip>{nameOf(item.ownerTeam)}</Chip>}
        {item.rubric.length > 0 && <Chip>{item.rubric.join(' ')}</Chip>}
        <Chip>{KINDS[item.kind]}</Chip>
      </span>
    </li>
  )
}
