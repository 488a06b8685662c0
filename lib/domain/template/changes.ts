/** Says what differs between two revisions of a template, gate by gate and line by line, each before and after in words. */
import { same } from '@/lib/domain/same'
import { specOfAsk } from '@/lib/domain/verdict/ask-spec'
import { planWords, ruleWords } from '@/lib/domain/verdict/rule-words'
import { valueWords } from './export-markdown'
import type { TemplateContent, GateTemplate, ItemTemplate, MetricAsk, SignOffRule } from './template'

/** One difference; empty words mean that it is only on the other side. */
export interface Change {
  /** "5. Resources" or "5.6 Staging p95 latency". */
  readonly where: string
  readonly what: string
  readonly before: string
  readonly after: string
}

/** In: the older and the newer content, how a team is called. Out: what differs, in the order of the newer one; what is gone stands at its end. */
export function changesOf(older: TemplateContent, newer: TemplateContent, teamName: (team: string) => string): readonly Change[] {
  const whole = (where: string, what: string, before: string, after: string): Change[] => (before === after ? [] : [{ where, what, before, after }])
  const gateName = (gate: GateTemplate) => `${gate.number}. ${gate.name}`
  return [
    ...whole('Template', 'name', older.name, newer.name), ...whole('Template', 'purpose', older.purpose, newer.purpose),
    ...whole('Template', 'rollout', stepsText(older), stepsText(newer)), ...whole('Template', 'conditions of the go', deferredText(older), deferredText(newer)),
    ...whole('Template', 'order of gates', orderOf(older.gates, newer.gates), orderOf(newer.gates, older.gates)),
    ...newer.gates.flatMap((gate) => {
      const old = older.gates.find((one) => one.id === gate.id)
      return old ? gateChanges(old, gate, older, newer, teamName) : [{ where: gateName(gate), what: 'gate', before: '', after: `${gate.items.length} items` }]
    }),
    ...older.gates.filter((gate) => !newer.gates.some((one) => one.id === gate.id)).map((gate) => ({ where: gateName(gate), what: 'gate', before: `${gate.items.length} items`, after: '' })),
  ]
}

function gateChanges(old: GateTemplate, gate: GateTemplate, older: TemplateContent, newer: TemplateContent, teamName: (team: string) => string): readonly Change[] {
  const numbers = (content: TemplateContent, needs: readonly string[]) => needs.map((id) => content.gates.find((one) => one.id === id)?.number ?? id).toSorted().join(', ') || 'nothing'
  const facts = (one: GateTemplate, content: TemplateContent): Readonly<Record<string, string>> => ({
    number: String(one.number), name: one.name, 'short name': one.shortName, owner: [one.ownerTeam, ...(one.coOwnerTeams ?? [])].map(teamName).join(', '),
    'signed by': ruleText(one.rule, teamName), 'signed by, small team': one.smallTeamRule ? ruleText(one.smallTeamRule, teamName) : 'the same',
    needs: numbers(content, one.needs), 'rests on': one.parts.toSorted().join(', ') || 'nothing', stands: one.phase.replaceAll('-', ' '), 'bound to its environment': one.isEnvironmentBound ? 'yes' : 'no',
  })
  const [before, after] = [facts(old, older), facts(gate, newer)]
  const where = `${gate.number}. ${gate.name}`
  return [
    ...Object.keys(after).flatMap((what) => (before[what] === after[what] ? [] : [{ where, what, before: before[what] ?? '', after: after[what] ?? '' }])),
    ...(orderOf(old.items, gate.items) === orderOf(gate.items, old.items) ? [] : [{ where, what: 'order of items', before: orderOf(old.items, gate.items), after: orderOf(gate.items, old.items) }]),
    ...gate.items.flatMap((item) => { const was = old.items.find((one) => one.id === item.id); return was ? itemChanges(was, item, teamName) : [{ where: `${item.id} ${item.title}`, what: 'item', before: '', after: kindText(item) }] }),
    ...old.items.filter((item) => !gate.items.some((one) => one.id === item.id)).map((item) => ({ where: `${item.id} ${item.title}`, what: 'item', before: kindText(item), after: '' })),
  ]
}

/** What two lines of one id ask differently. */
export function itemChanges(old: ItemTemplate, item: ItemTemplate, teamName: (team: string) => string): readonly Change[] {
  const facts = (one: ItemTemplate): Readonly<Record<string, string>> => ({
    title: one.title, hint: one.hint, kind: one.kind, asks: kindText(one), 'from risk': one.minTier, required: one.isRequired ? 'yes' : 'no', 'may be marked not applicable': one.allowsNotApplicable ? 'yes' : 'no',
    'answered by': one.ownerTeam === undefined ? 'the owner of the gate' : teamName(one.ownerTeam), tests: one.rubric.toSorted().join(' ') || 'none', theme: one.theme,
    'in short': one.inShort ?? '', 'title without a stable version': one.titleWithoutBaseline ?? '',
  })
  const [before, after] = [facts(old), facts(item)]
  return Object.keys(after).flatMap((what) => (before[what] === after[what] ? [] : [{ where: `${item.id} ${item.title}`, what, before: before[what] ?? '', after: after[what] ?? '' }]))
}

function kindText(item: ItemTemplate): string {
  switch (item.kind) {
    case 'value': return `${valueWords(item.value)}${item.value.validDays === undefined ? '' : `, good for ${item.value.validDays} days`}`
    case 'metric': return metricText(item.metric)
    case 'computed': return item.computed.replaceAll('-', ' ')
    default: return item.kind
  }
}

/** The rule of a metric line in words, with where and how often it is asked. */
export function metricText(ask: MetricAsk): string {
  const spec = specOfAsk(ask, null)
  const place = `${ask.mode === 'standing' ? 'Watched' : 'Measured'} in ${ask.binding === 'staging' ? 'staging' : 'the target'}${ask.isAfterLabelDelay === true ? ', after the label delay' : ''}.`
  return spec ? `${ruleWords(spec)} ${place} ${planWords(spec)}` : `Passes at a limit that is said when a release is opened. ${place}`
}

/** "1 Product + 1 Ops + 1 counter-signature". */
export function ruleText(rule: SignOffRule, teamName: (team: string) => string): string {
  const teams = rule.teams.map((one) => `${one.count} ${teamName(one.team)}`)
  return [...teams, ...((rule.counterSignatures ?? 0) > 0 ? [`${rule.counterSignatures} counter-signature`] : [])].join(' + ') + (rule.chair === undefined ? '' : `, ${teamName(rule.chair)} chairs`)
}

function stepsText({ steps }: TemplateContent): string {
  return steps.map((step) => `${step.share} % for ${step.soakMinutes} min and ${step.minimumRequests} requests`).join(', ')
}

function deferredText({ deferred }: TemplateContent): string {
  return deferred.map((one) => `${one.title} in ${one.dueDays} days`).join('; ') || 'none'
}

/** The order of what both have. */
function orderOf(own: readonly { readonly id: string }[], other: readonly { readonly id: string }[]): string {
  return own.filter((one) => other.some((each) => each.id === one.id)).map((one) => one.id).join(', ')
}

/** Whether two contents say the same. */
export function isSameContent(a: TemplateContent, b: TemplateContent): boolean {
  return same(a, b)
}
