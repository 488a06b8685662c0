/** Writes a release, the cross-walk and the overview of a pack as Markdown that stays readable as plain text. */
import { COVERAGE_WORDS, CROSS_WALK_NOTE, EU_AI_ACT, NIST_AI_RMF, type CrossWalkRow } from './cross-walk'
import { actionStanding, conditionsOf, decidedSentence, instant, itemFacts, optionWords, rollBackSentence, signOffSentence, teamNames, unitIn, verdictSentence } from './facts'
import { scopeWords, type Pack, type PackRelease } from './pack'
import type { DecisionView, GateView, ItemView } from '@/lib/domain/release/view'

/** One line of what people wrote: no line break, and nothing in it is Markdown or HTML. */
export function plainLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replace(/[\\`*_{}[\]<>#|]/g, (sign) => `\\${sign}`)
}

function code(text: string): string {
  const fence = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1)
  const padded = text.startsWith('`') || text.endsWith('`') ? ` ${text} ` : text
  return `${fence}${padded.replace(/\s+/g, ' ')}${fence}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

function itemLines(item: ItemView): string {
  const facts = itemFacts(item).map((fact) => `    - ${fact.label}: ${plainLine(fact.text)}${fact.code ? ` ${code(fact.code)}` : ''}`)
  return [`- [${item.isSettled ? 'x' : ' '}] **${plainLine(item.id)} ${plainLine(item.title)}**: ${item.status}${item.isRequired ? '' : ' (not required)'}.${item.reason ? ` ${plainLine(item.reason)}` : ''}`, ...facts].join('\n')
}

function gateSection(release: PackRelease, gate: GateView): string {
  const teamName = teamNames(release.view)
  const signed = gate.signOffs.map((one) => {
    const mark = release.seen[one.id]
    return [`- ${plainLine(signOffSentence(one, teamName))}`, ...(mark ? [`    - Fingerprint ${code(mark.fingerprint)}`, ...Object.entries(mark.parts).map(([part, value]) => `    - Saw ${part}: ${code(value || '–')}`)] : []),
      ...one.snapshot.map(({ itemId, verdict }) => `    - Then ${plainLine(itemId)}: ${plainLine(verdictSentence(verdict, unitIn(gate.items.find((item) => item.id === itemId))))}`)].join('\n')
  })
  return [
    `### Gate ${gate.number}: ${plainLine(gate.name)} (${gate.status})`,
    gate.inherited ? `Inherited from ${gate.inherited.code}, affirmed by ${plainLine(gate.inherited.by.name)}, ${instant(gate.inherited.at)}.` : '',
    gate.items.map(itemLines).join('\n'),
    signed.length > 0 ? `Signed off:\n\n${signed.join('\n')}` : gate.inherited ? '' : 'Nobody has signed this gate.',
    ...gate.rejections.map((one) => `Rejected by ${plainLine(one.by.name)} for ${one.team}, ${instant(one.at)}: ${plainLine(one.reason)}${one.lifted ? ` (${one.lifted.kind}, ${instant(one.lifted.at)}: ${plainLine(one.lifted.reason)})` : ''}`),
    ...gate.reopened.map((one) => `Reopened by ${plainLine(one.by.name)}, ${instant(one.at)}: ${plainLine(one.reason)}`),
  ].filter(Boolean).join('\n\n')
}

function decisionSection(decision: DecisionView, { view }: PackRelease): string {
  const item = (id: string) => view.gates.flatMap((gate) => gate.items).find((one) => one.id === id)
  return [
    `### D-${decision.number}: ${plainLine(decision.title)} (${decision.kind.replaceAll('-', ' ')})`,
    decision.context ? `Context: ${plainLine(decision.context)}` : '',
    decision.drivers.length > 0 ? `Drivers: ${decision.drivers.map(plainLine).join('; ')}` : '',
    `${plainLine(decision.reason)}`,
    plainLine(decidedSentence(decision)),
    conditionsOf(decision, view.actions).map((one) => `- Condition: ${plainLine(one.title)} (${plainLine(actionStanding(one))})`).join('\n'),
    decision.options.length > 0 ? 'Options:' : '',
    decision.options.map((one) => `- ${one.isChosen ? '**chosen** ' : ''}${plainLine(one.title)}. ${plainLine(optionWords(one))}`).join('\n'),
    decision.consequences ? `Consequences: ${plainLine(decision.consequences)}` : '',
    decision.confirmation ? `To be confirmed${decision.confirmAt ? ` by ${instant(decision.confirmAt)}` : ''}: ${plainLine(decision.confirmation.how)}` : '',
    decision.checks.map((one) => `- ${one.outcome === 'held' ? 'It held' : 'It did not hold'} (${plainLine(one.by.name)}, ${instant(one.at)}): ${plainLine(one.note)}`).join('\n'),
    decision.gates.length > 0 ? `Gates as they stood: ${decision.gates.map((gate) => `${gate.number} ${gate.status}`).join(', ')}.` : '',
    decision.metrics.map((one) => `- ${plainLine(one.title)}: ${plainLine(verdictSentence(one.verdict, unitIn(item(one.itemId))))}`).join('\n'),
  ].filter(Boolean).join('\n\n')
}

/** One release, whole. */
export function releaseMarkdown(release: PackRelease): string {
  const { view } = release
  const { candidate } = view
  const facts: readonly (readonly [string, string])[] = [
    ['Model', view.model.name], ['Version', candidate.label], ['Environment', `${view.environment.name} (${view.environment.orchestrator})`], ['Phase', view.phase], ['Risk', `${view.risk}, separation ${view.separation}`],
    ['Checklist', `${view.template.name}, revision ${view.template.revision}`], ['Artefact', candidate.artefact], ['Code', candidate.code || '–'], ['Data', candidate.data || '–'], ['Behaviour', candidate.behaviour || '–'],
    ['Evaluation', view.evaluation || '–'], ['Claim', view.claimWords], ['Baseline', view.baseline?.label ?? 'none'], ['Registered by', candidate.registeredBy.name],
  ]
  return `${[
    `# ${view.code}: ${plainLine(view.model.name)} ${plainLine(candidate.label)}`,
    plainLine(view.sentence.map((part) => part.text).join('')),
    table(['Fact', 'As of this pack'], facts.map(([name, value]) => [name, plainLine(value)])),
    '## Gates', ...view.gates.map((gate) => gateSection(release, gate)),
    '## Decisions', ...(view.decisions.length > 0 ? view.decisions.map((one) => decisionSection(one, release)) : ['None.']),
    '## Rollout', view.steps.map((step) => `- ${step.share} %: ${step.status}${step.liveAt ? `, live ${instant(step.liveAt)}` : ''}${step.soakedAt ? `, soaked ${instant(step.soakedAt)}` : ''}${step.restarts > 0 ? `, ${step.restarts} restarts` : ''}`).join('\n'),
    view.rollBack ? `${view.rollBack.confirmed ? 'Rolled back' : 'Rolling back'} ${plainLine(rollBackSentence(view.rollBack))}` : '',
    '## Actions', view.actions.map((one) => `- [${one.done ? 'x' : ' '}] ${plainLine(one.title)} (${one.source}${one.owner ? `, ${plainLine(one.owner.name)}` : ''}${one.dueAt ? `, due ${instant(one.dueAt)}` : ''})${one.done ? `: ${plainLine(one.done.note)}` : ''}`).join('\n') || 'None.',
    '## Documents', view.documents.map((one) => `- ${plainLine(one.title)} (${one.kind}, ${one.ownerTeam}${one.pinnedRevision ? `, revision ${plainLine(one.pinnedRevision)}` : ''}): ${plainLine(one.url)}`).join('\n') || 'None.',
    '## What happened', table(['Entry', 'When', 'Who', 'What', 'Hash'], release.timeline.map((one) => [String(one.seq), instant(one.at), plainLine(one.by), plainLine(one.words), code(one.hash.slice(0, 16))])),
  ].filter(Boolean).join('\n\n')}\n`
}

function walk(rows: readonly CrossWalkRow[]): string {
  return table(['Reference', 'Asks', 'Coverage', 'Where', 'Not here'], rows.map((row) => [row.ref, row.asks, COVERAGE_WORDS[row.coverage], row.where || '–', row.lacks || '–']))
}

/** The cross-walk as a document of its own. */
export function crossWalkMarkdown(): string {
  return `# Cross-walk\n\n${CROSS_WALK_NOTE}\n\n## NIST AI RMF 1.0\n\n${walk(NIST_AI_RMF)}\n\n## EU AI Act\n\n${walk(EU_AI_ACT)}\n`
}

/** What the pack is, what is in it, and how to verify it: the first file that a stranger opens. */
export function readme(pack: Pack): string {
  return `# Evidence pack: ${scopeWords(pack.scope)}

From the installation “${plainLine(pack.installationName)}”, as of ${instant(pack.asOf)}, entry ${pack.head.seq} of its log.

Open \`index.html\` to read or print it. ${pack.releases.length === 1 ? 'It is about one release.' : `It is about ${pack.releases.length} releases, each with a page of its own.`}

## Verify it

You need Node 18 or newer, and nothing else: no network, no packages, no Gatehouse.

    node verify.mjs
    node verify.mjs --key FINGERPRINT
    node verify.mjs --checkpoint checkpoint-….json

Take \`verify.mjs\` from a source that you trust (the Gatehouse repository has the same file as \`bin/verify-pack.mjs\`), because whoever changes a pack could change the verifier in it. Ask the installation for the fingerprint of its key by another way than this pack and give it with \`--key\`; without it, the check rests on the key that the pack brings along. A checkpoint that left the machine earlier (a file, a webhook, a line in Slack) holds the whole log before it to what it was then: give it with \`--checkpoint\`.

The key of this pack: ${pack.key.fingerprint}

| Verdict | Exit code | Meaning |
| --- | --- | --- |
| sound | 0 | Every file, entry, text and signature is as it was written. |
| unreadable | 3 | It is no pack, or a part cannot be read. |
| altered-entry | 10 | An entry of the log is not what was hashed; it is named. |
| missing-middle | 11 | Entries are gone from the middle; they are named. |
| truncated | 12 | The log ends before what was signed. |
| rewritten | 13 | The chain is whole but contradicts a signed checkpoint. |
| beyond-last-checkpoint | 14 | Sound up to the entry that is named; nothing signed covers the rest. |
| bad-signature | 15 | A signature does not fit. |
| unknown-key | 16 | It is signed, but not by the key that you trust. |
| altered-file | 17 | A file is not the one in the manifest; it is named. |
| altered-words | 18 | Words are not those that were sealed. |

## What is in it

| Path | What |
| --- | --- |
| \`index.html\` | The printable page${pack.releases.length === 1 ? '' : ', and an overview of the releases'}. |
| \`releases/\` | Each release as JSON and Markdown${pack.releases.length === 1 ? '' : ', and as a printable page'}: gates, items, evidence, sign-offs with fingerprints, metric snapshots, decisions, waivers. |
| \`check-ins/\` | Minutes of check-ins that spoke of them. Minutes are one text with one hash, so they stand here whole, also where they speak of other releases. |
| \`files/\`, \`files.json\` | Stored evidence files by their SHA-256. |
| \`cross-walk.md\` | Where to look for what NIST AI RMF and the EU AI Act ask, and what is not here. |
| \`log/entries.ndjson\` | The log from its first entry. Entries about these releases are shown; of all others only the digest, so that the chain can be followed and nothing else be read. |
| \`log/words.ndjson\` | The texts and names behind the seals of the shown entries, each with its salt; or when they were erased. |
| \`log/checkpoints.json\`, \`keys.json\` | Signed checkpoints, and the public keys. |
| \`manifest.json\`, \`manifest.sig.json\` | Every file with its SHA-256, and the signature over that list. |

## What it proves

An entry's hash is SHA-256 over \`gatehouse-log/2\`, its number, its predecessor's hash and the SHA-256 of its body, separated by line feeds; so every entry holds all earlier ones. A checkpoint is an Ed25519 signature over \`{at, form, hash, installation, key, seq}\` in canonical JSON (RFC 8785). A seal in a body is SHA-256 over salt and text: when somebody's words were erased, the seal stays, the chain still verifies, and nobody can read or guess the words.

It proves that the record was not changed after it was written and signed. It does not prove that what people wrote was true. The pages and JSON files say in words what the log holds; their wording is vouched for by the signature over the manifest.
`
}
