/** Writes a template as a Markdown checklist that people read and edit; all that Markdown has no word for stands in one block at its end. */
import { subjectWords } from '@/lib/domain/verdict/rule-words'
import type { GateTemplate, ItemTemplate, SignOffRule, TemplateContent, ValueAsk } from './template'

/** The word after the fence of the block. */
export const KEPT_BLOCK = 'gatehouse-template'

const ABOUT = 'Keeps what a checklist has no words for: rules of metrics, soaks, conditions. Leave it in place; where the text above says otherwise, the text counts.'

/** In: a template, readable team names. Out: a Markdown file, with a new line at its end. Read again by the import it gives the same template. */
export function exportMarkdown(content: TemplateContent, nameOf: (team: string) => string): string {
  const gates = content.gates.map((gate) => gateText(gate, content.gates, nameOf))
  return [`# ${escaped(content.name)}`, ...(content.purpose === '' ? [] : [paragraph(content.purpose, '')]), ...gates, keptText(content)].join('\n\n') + '\n'
}

function gateText(gate: GateTemplate, all: readonly GateTemplate[], nameOf: (team: string) => string): string {
  const needs = gate.needs.flatMap((id) => all.find((one) => one.id === id)?.number ?? [])
  const facts = [
    `Owner: ${[gate.ownerTeam, ...(gate.coOwnerTeams ?? [])].map((team) => escaped(nameOf(team))).join(', ')}`,
    `Signs: ${ruleText(gate.rule, nameOf)}`,
    ...(needs.length > 0 ? [`Needs: ${needs.join(', ')}`] : []),
    ...(gate.parts.length > 0 ? [`Rests on: ${gate.parts.join(', ')}`] : []),
  ]
  const items = gate.items.map((item) => itemText(item, nameOf))
  return [`## ${gate.number}. ${escaped(gate.name)}`, facts.join('\\\n'), ...(items.length > 0 ? [items.join('\n')] : [])].join('\n\n')
}

function ruleText(rule: SignOffRule, nameOf: (team: string) => string): string {
  return rule.teams.map((one) => `${one.count} ${escaped(nameOf(one.team))}`).join(' + ')
}

/** The marks of a line, as code spans behind its title: the kind where it is no plain tick, and what differs from an ordinary required line. */
export function marksOf(item: ItemTemplate, nameOf: (team: string) => string): readonly string[] {
  return [
    ...(item.kind === 'evidence' ? ['evidence'] : []),
    ...(item.kind === 'value' ? [`value: ${valueWords(item.value)}`] : []),
    ...(item.kind === 'metric' ? [`metric: ${subjectWords({ query: { kind: 'signal', signal: item.metric.presetRole } })}`] : []),
    ...(item.kind === 'computed' ? [`computed: ${item.computed}`] : []),
    ...(item.minTier === 'low' ? [] : [`from ${item.minTier}`]), ...(item.isRequired ? [] : ['optional']), ...(item.allowsNotApplicable ? ['may not apply'] : []),
    ...(item.ownerTeam === undefined ? [] : [`owner: ${nameOf(item.ownerTeam).replaceAll('`', "'")}`]), ...(item.rubric.length > 0 ? [item.rubric.join(' ')] : []),
  ]
}

/** "at most 15 days", "at least … score" (asked when the release is opened), "record days". */
export function valueWords(ask: ValueAsk): string {
  const unit = ask.unit.replaceAll('`', "'").replace(/\s+/gu, ' ').trim()
  return (ask.direction === 'record' ? `record ${unit}` : `${ask.direction === 'at-most' ? 'at most' : 'at least'} ${ask.target ?? '…'} ${unit}`).trim()
}

function itemText(item: ItemTemplate, nameOf: (team: string) => string): string {
  const marks = marksOf(item, nameOf).map((mark) => ` \`${mark}\``).join('')
  const hint = item.hint === '' ? '' : `\n${paragraph(item.hint, '  ')}`
  return `- [ ] ${item.id} ${escaped(item.title)}${marks}${hint}`
}

/** Several lines as they are, each set in by the same room; empty ones stand between paragraphs. */
function paragraph(text: string, indent: string): string {
  return text.split(/\r\n|\r|\n/u).map((line) => (line.trim() === '' ? '' : `${indent}${escaped(line.trim())}`)).join('\n')
}

/** Text that Markdown would read as marks, so that it stays text; one line. */
export function escaped(text: string): string {
  return text
    .replace(/[\\`*[\]<>~|]/gu, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/&(?=#?\w+;)/gu, '\\&')
    .replace(/^([+=-])/u, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/u, '$1\\$2')
    .replace(/^#|#(?=#*$)/gu, '\\#')
}

/** One gate and one line of it a line of text, so that a change is a small one in version control. */
function keptText(content: TemplateContent): string {
  const { gates, ...rest } = content
  const gateLines = gates.map(({ items, ...gate }) => `  {"gate":${JSON.stringify(gate)},"items":[${items.map((item) => `\n    ${JSON.stringify(item)}`).join(',')}]}`)
  return `\`\`\`${KEPT_BLOCK}\n{"format":1,"about":${JSON.stringify(ABOUT)},\n"template":${JSON.stringify(rest)},\n"gates":[\n${gateLines.join(',\n')}\n]}\n\`\`\``
}
