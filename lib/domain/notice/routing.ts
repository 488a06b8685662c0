/** Decides which messages a place wants by what they are about, and says the rule in one sentence. */
import type { RiskTier } from '@/lib/domain/release/state'

/** How serious a message is, whatever it is about. */
export const SEVERITIES = ['critical', 'warning', 'notice'] as const
export type Severity = (typeof SEVERITIES)[number]

/** What a message is about, as far as rules ask. A check-in is about no single release: null. */
export interface About {
  readonly modelId: string
  readonly environmentId: string
  /** Absent for a live version, which has left its release behind. */
  readonly risk?: RiskTier | undefined
}

/** One side of a rule: any of these, and none of those. Both empty: everything. */
export interface Choice<T extends string = string> {
  readonly anyOf: readonly T[]
  readonly noneOf: readonly T[]
}

/** Which messages go to a place beside its events and its team. */
export interface Routing {
  readonly models: Choice
  readonly environments: Choice
  readonly risks: Choice<RiskTier>
  readonly severities: Choice<Severity>
  /** Teams whom it concerns; absent or without any to hear of: the team of the place. */
  readonly teams?: Choice | undefined
}

const ALL: Choice<never> = { anyOf: [], noneOf: [] }
/** The rule of a place for which nobody made one: everything goes there. */
export const EVERYTHING: Routing = { models: ALL, environments: ALL, risks: ALL, severities: ALL }

function fits(choice: Choice, value: string | undefined): boolean {
  // What belongs to no model or tier concerns everybody, and is always told.
  if (value === undefined) return true
  return (choice.anyOf.length === 0 || choice.anyOf.includes(value)) && !choice.noneOf.includes(value)
}

/** Whether a message goes to a place. In: its rule (absent: everything), what the message is about (null: no single release), its severity. */
export function isRouted(routing: Routing | undefined, about: About | null, severity: Severity): boolean {
  if (!routing) return true
  return fits(routing.models, about?.modelId) && fits(routing.environments, about?.environmentId) && fits(routing.risks, about?.risk) && fits(routing.severities, severity)
}

/** The teams of whose things a place hears: those that its rule names, else its own. Null: of all. */
export function wantedTeams(team: string | null, routing: Routing | undefined): readonly string[] | null {
  const named = routing?.teams?.anyOf ?? []
  return named.length > 0 ? named : team === null ? null : [team]
}

/**
 * Whether a place hears of something by whom it concerns. In: the team of the place (null: all), its rule, the teams concerned (empty: everybody). What
 * concerns several teams is heard when one of them is wanted, so that a “never” hides nothing that concerns a wanted team, too.
 */
export function isForTeams(team: string | null, routing: Routing | undefined, concerned: readonly string[]): boolean {
  if (concerned.length === 0) return true
  const wanted = wantedTeams(team, routing)
  const never = routing?.teams?.noneOf ?? []
  return concerned.some((one) => (wanted === null || wanted.includes(one)) && !never.includes(one))
}

export interface RoutingNames {
  readonly team: (id: string) => string
  readonly model: (id: string) => string
  readonly environment: (id: string) => string
}

/** The severity that an alerting rule's label names, as the usual words go. */
export function severityOfLabel(label: string): Severity {
  return /^(crit|page|emerg|fatal|sev-?[01]$|p[01]$)/i.test(label) ? 'critical' : /^(info|notice|none|debug|low)/i.test(label) ? 'notice' : 'warning'
}

const list = (words: readonly string[], last: 'and' | 'or'): string => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`)

function side<T extends string>(choice: Choice<T>, before: string, name: (value: T) => string, after = ''): readonly string[] {
  return [
    ...(choice.anyOf.length === 0 ? [] : [`${before}${list(choice.anyOf.map(name), 'or')}${after}`]),
    ...(choice.noneOf.length === 0 ? [] : [`not ${before}${list(choice.noneOf.map(name), 'or')}${after}`]),
  ]
}

/** The most events that a sentence names one by one. */
const MOST_NAMED = 4

/**
 * The rule in words, such as "Roll-back started and hold of production EU, for Ops". In: labels of the events, of how many there are, the id of the
 * place's team (null: all teams), the rule, and the names of what it names.
 */
export function routingWords(events: { readonly labels: readonly string[]; readonly of: number }, team: string | null, routing: Routing | undefined, names: RoutingNames): string {
  const { labels, of } = events
  const [first = '', ...rest] = labels
  const what = labels.length === of ? 'Everything' : labels.length > MOST_NAMED ? `${labels.length} of ${of} events` : list([first, ...rest.map((label) => label.slice(0, 1).toLowerCase() + label.slice(1))], 'and')
  const rule = routing ?? EVERYTHING
  const [about = '', ...more] = [...side(rule.environments, 'in ', names.environment), ...side(rule.models, 'of ', names.model), ...side(rule.risks, 'of ', (risk) => risk, ' risk'), ...side(rule.severities, 'of severity ', (severity) => severity)]
  return [about === '' ? what : about.startsWith('not ') ? `${what}, ${about}` : `${what} ${about}`, ...more, ...side({ anyOf: wantedTeams(team, routing) ?? [], noneOf: rule.teams?.noneOf ?? [] }, 'for ', names.team)].join(', ')
}
