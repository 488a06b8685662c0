/** Writes the documentation page of a serving stack from the catalogue, so that the page cannot say anything else than the product does. */
import { presetsOf } from '@/lib/domain/preset/catalogue'
import { isAlternateName, latencyWords, STACKS, type Preset, type Signal, type StackId } from '@/lib/domain/preset/preset'
import { fillQuery } from '@/lib/domain/preset/selector'
import { STACK_FACTS } from '@/lib/domain/preset/stack'
import { metricNames } from '@/lib/server/prometheus/promql'

const cell = (text: string) => text.replaceAll('|', '\\|')
const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ')
const UNIT_NAMES: Readonly<Record<string, string>> = { s: 'seconds', ratio: '0–1, shown in %', count: 'count', score: 'number', req: 'requests', 'req/s': 'requests/s', 'tok/s': 'tokens/s', bytes: 'bytes', cores: 'cores', days: 'days', currency: 'currency' }

/** What a reader looks for, and what it means when no preset tells it. */
const WANTED: readonly (readonly [Signal, string])[] = [
  ['latency-p95', 'Latency: nothing tells it.'],
  ['error-ratio', 'Errors: nothing tells their ratio. Take it from the ingress or mesh with a query of your own.'],
  ['throughput', 'Traffic: nothing counts requests.'],
  ['version-share', 'Share of traffic of a version: nothing tells it. Give the release a query for the share, or let the pipeline acknowledge each step.'],
]

function unitWords({ unit, exported }: Preset): string {
  const name = UNIT_NAMES[unit] ?? unit
  return exported === undefined ? name : `${name} (exported as ${exported})`
}

function row(preset: Preset): string {
  const names = metricNames(fillQuery(preset.query, {}, 60))
  const usual = names.filter((name) => !isAlternateName(preset, name))
  const other = names.filter((name) => isAlternateName(preset, name))
  return `| ${[preset.title, unitWords(preset), latencyWords(preset) || '–', code(usual) || '–', code(other) || '–', code(preset.labels), preset.note ?? ''].map(cell).join(' | ')} |`
}

/** The page of one stack, in Markdown. */
export function stackPage(stack: StackId): string {
  const facts = STACK_FACTS[stack]
  const presets = presetsOf(stack)
  const labels = [...new Set(presets.flatMap((preset) => preset.labels))]
  const missing = facts.kind === 'under' ? [] : WANTED.filter(([signal]) => !presets.some((preset) => preset.signal === signal)).map(([, words]) => words)
  const latency = presets.find((preset) => preset.signal === 'latency-p95')
  return [
    `# ${facts.name}`, '',
    `Checked against the metric names of ${facts.checkedAgainst}, not against a running server. The tests scrape an exporter of this project that uses these names with a real Prometheus.`, '',
    '## Set it up', '',
    ...facts.setUp.map((line) => `- ${line}`),
    `- What names the version: ${facts.versionLabel}.`,
    ...(latency ? [`- Latency is told as **${latencyWords(latency)}**.`] : []), '',
    '## How its series are found', '',
    `Labels that are usual: ${code(labels)}. ${facts.kind === 'server' ? 'A release that sets none of these is asked for with all of its labels, whatever they are; `job` and `instance` are always taken.' : 'Only these, and labels that no stack is known for, are taken; a release that sets none of them is not asked for.'} *Discover* finds out what a set of labels reaches.`, '',
    '## Panels', '',
    '| panel | unit | latency | metric names | also tried | labels | note |', '|---|---|---|---|---|---|---|',
    ...presets.map(row), '',
    '## What cannot be seen', '',
    ...[...facts.blind, ...missing].map((line) => `- ${line}`), '',
  ].join('\n')
}

/** The list of all pages. */
export function stackIndex(): string {
  const latencyOf = (stack: StackId) => [...new Set(presetsOf(stack).filter((preset) => preset.signal === 'latency-p95').map(latencyWords))].join('; ') || '–'
  return [
    '# Serving stacks', '',
    'What each serving stack exports, which panels Gatehouse makes of it, and what cannot be seen. Every page is written from the catalogue of presets (`lib/domain/preset`); a test keeps them equal.', '',
    '| stack | latency | what names the version |', '|---|---|---|',
    ...STACKS.map((stack) => `| [${STACK_FACTS[stack].name}](${stack}.md) | ${latencyOf(stack)} | ${cell(STACK_FACTS[stack].versionLabel)} |`), '',
    '## Discover', '',
    'Where a release is opened, and among the panels of a release, *Discover panels* asks the metrics source what the candidate’s labels reach. A stack is known by metric names that only it uses; nobody has to say which it is. Proposed are the panels that have data now (or would have, with traffic), the best first, and what was tried is listed. Names of older or newer builds are tried within each query. Where nothing is known it says so, and leads and admins see the names that no preset reads, for PromQL of their own.', '',
    'For scripts: `POST /api/v1/sources/{id}/discover` with `{"selector":{"job":"triton-canary"}}`.', '',
  ].join('\n')
}
