/** Writes a decision as a Markdown Any Decision Record (MADR 4), so that it can live beside the code and outlive the product. */
import type { ActionView, DecisionView } from '@/lib/domain/release/view'
import { instant, verdictSentence } from '@/lib/domain/evidence-pack/facts'
import { plainLine } from '@/lib/domain/evidence-pack/markdown'

export interface ExportedDecision {
  readonly decision: DecisionView
  readonly versionLabel: string
  readonly environmentName: string
  /** The conditions that came with a conditional go. */
  readonly conditions: readonly Pick<ActionView, 'title' | 'owner' | 'team' | 'dueAt' | 'done'>[]
  /** The unit of each metric item, by its id. */
  readonly units: Readonly<Record<string, string>>
}

/** The name of its file: numbered, and readable. */
export function madrName({ number, title }: Pick<DecisionView, 'number' | 'title'>): string {
  const words = title.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60).replace(/-+$/, '')
  return `${String(number).padStart(4, '0')}${words ? `-${words}` : ''}.md`
}

// JSON is YAML, and quotes whatever people have written.
const yaml = (value: string | readonly string[]): string => JSON.stringify(value)

/** A paragraph of people's words: line breaks stay, nothing in it is a heading, a list or HTML. */
function prose(text: string): string {
  return text.split(/\r?\n/).map((line) => plainLine(line).replace(/^([-+]|\d+[.)])(?=\s)/, (start) => `\\${start}`)).join('\n').replace(/\n{3,}/g, '\n\n').trim()
}

function statusOf({ supersededBy, kind }: DecisionView): string {
  if (supersededBy !== null) return `superseded by D-${supersededBy}`
  return kind === 'no-go' ? 'rejected' : 'accepted'
}

function outcome({ options, reason, kind }: DecisionView): string {
  const chosen = options.filter((one) => one.isChosen)
  const words = chosen.length > 0 ? `Chosen option: “${chosen.map((one) => plainLine(one.title)).join('” and “')}”, because` : `Decided: ${kind.replaceAll('-', ' ')}, because`
  return `${words}\n\n${prose(reason)}`
}

/** Each line of what speaks for or against an option is a point of its own. */
function points(text: string, lead: string): string {
  return text.split(/\r?\n/).map((one) => one.trim()).filter(Boolean).map((one) => `* ${lead}, because ${plainLine(one)}`).join('\n')
}

/** How it is checked, when, and what the checks said. */
function confirmation({ confirmation: planned, checks, confirmAt }: DecisionView): string {
  const parts = [
    planned ? prose(planned.how) : '',
    confirmAt === null ? '' : `Due ${instant(confirmAt)}.`,
    checks.map((one) => `* ${one.outcome === 'held' ? 'It held' : 'It did not hold'} (${plainLine(one.by.name)}, ${instant(one.at)}): ${plainLine(one.note)}`).join('\n'),
  ].filter(Boolean)
  return parts.length === 0 ? '' : `### Confirmation\n\n${parts.join('\n\n')}`
}

function moreInformation({ decision, conditions, units }: ExportedDecision, link: string): string {
  const { gates, metrics, parts, until, supersedes } = decision
  return [
    `Decision D-${decision.number} (${decision.kind.replaceAll('-', ' ')}), recorded by ${plainLine(decision.by.name)}, ${instant(decision.at)}: <${link}>`,
    supersedes === null ? '' : `Supersedes D-${supersedes}.`,
    until === null ? '' : `Holds until ${instant(until)}.`,
    conditions.length === 0 ? '' : `Conditions:\n\n${conditions.map((one) => `* [${one.done ? 'x' : ' '}] ${plainLine(one.title)} (${one.done?.isDropped ? 'dropped, ' : ''}${plainLine(one.owner?.name ?? one.team ?? 'nobody named')}${one.dueAt ? `, due ${instant(one.dueAt)}` : ''})`).join('\n')}`,
    `What it rested on:\n\n${Object.entries(parts).filter(([, value]) => value !== '').map(([part, value]) => `* ${part.replace('-', ' ')}: ${plainLine(value)}`).join('\n')}`,
    gates.length === 0 ? '' : `Gates as they stood: ${gates.map((gate) => `${gate.number} ${plainLine(gate.name)} ${gate.status.replaceAll('-', ' ')}`).join('; ')}.`,
    metrics.length === 0 ? '' : `Metrics as they were seen:\n\n${metrics.map((one) => `* ${plainLine(one.title)}: ${plainLine(verdictSentence(one.verdict, units[one.itemId] ?? ''))}`).join('\n')}`,
  ].filter(Boolean).join('\n\n')
}

/** The record. In: the decision with what stands around it, and its permanent link. Out: MADR 4 Markdown; parts that nobody filled in are left out. */
export function madr(exported: ExportedDecision, link: string): string {
  const { decision } = exported
  const people = (list: readonly { readonly name: string }[]): string => yaml(list.map((one) => one.name))
  const front = ['---', `status: ${yaml(statusOf(decision))}`, `date: ${decision.at.slice(0, 10)}`, `decision-makers: ${people(decision.deciders.length > 0 ? decision.deciders : [decision.by])}`]
  if (decision.consulted.length > 0) front.push(`consulted: ${people(decision.consulted)}`)
  if (decision.informed.length > 0) front.push(`informed: ${people(decision.informed)}`)
  const { options } = decision
  return `${[
    [...front, '---'].join('\n'),
    `# ${plainLine(decision.title)}`,
    `## Context and Problem Statement\n\nRelease ${decision.releaseCode}: ${plainLine(decision.modelName)} ${plainLine(exported.versionLabel)} to ${plainLine(exported.environmentName)}.${decision.context ? `\n\n${prose(decision.context)}` : ''}`,
    decision.drivers.length === 0 ? '' : `## Decision Drivers\n\n${decision.drivers.map((one) => `* ${plainLine(one)}`).join('\n')}`,
    options.length === 0 ? '' : `## Considered Options\n\n${options.map((one) => `* ${plainLine(one.title)}`).join('\n')}`,
    `## Decision Outcome\n\n${outcome(decision)}`,
    decision.consequences ? `### Consequences\n\n${prose(decision.consequences)}` : '',
    confirmation(decision),
    options.length === 0 ? '' : `## Pros and Cons of the Options\n\n${options.map((one) => [`### ${plainLine(one.title)}`, [points(one.pros, 'Good'), points(one.cons, 'Bad')].filter(Boolean).join('\n')].filter(Boolean).join('\n\n')).join('\n\n')}`,
    `## More Information\n\n${moreInformation(exported, link)}`,
  ].filter(Boolean).join('\n\n')}\n`
}

/** The list of all, for the front of an export. */
export function madrIndex(all: readonly DecisionView[]): string {
  const rows = all.map((one) => `* [D-${one.number}](${madrName(one)}) ${plainLine(one.title)} (${one.kind.replaceAll('-', ' ')}, ${one.releaseCode}, ${one.at.slice(0, 10)})${one.supersededBy === null ? '' : `, superseded by D-${one.supersededBy}`}`)
  return `# Decisions\n\n${rows.join('\n') || 'None.'}\n`
}
