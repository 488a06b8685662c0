/** The sections of one release on the printable page: facts, gates with what was seen, decisions, rollout, documents, what happened. */
import type { ActionView, DecisionView, GateView, ItemView } from '@/lib/domain/release/view'
import type { ItemVerdict } from '@/lib/domain/release/state'
import { seriesChart } from './chart'
import { actionStanding, conditionsOf, decidedSentence, instant, itemFacts, optionWords, rollBackSentence, signOffSentence, teamNames, unitIn, verdictSentence } from './facts'
import { Html, html, link } from './html'
import type { PackFile, PackRelease } from './pack'

type Tone = 'good' | 'bad' | 'wait' | 'old' | 'idle'

// Shape and word say the state; the colour only repeats it.
const SIGNS: Readonly<Record<string, readonly [string, Tone]>> = {
  passed: ['✓', 'good'], met: ['✓', 'good'], pass: ['✓', 'good'], failed: ['✕', 'bad'], fail: ['✕', 'bad'], rejected: ['✕', 'bad'], stale: ['↻', 'old'], waived: ['◇', 'wait'],
  'not-applicable': ['–', 'idle'], 'passed-with-waivers': ['✓', 'wait'], expired: ['!', 'wait'], error: ['!', 'wait'], inconclusive: ['?', 'wait'], 'no-data': ['?', 'wait'], idle: ['?', 'idle'], inherited: ['✓', 'good'], overdue: ['!', 'wait'], open: ['○', 'wait'], waiting: ['○', 'wait'],
}

function sign(status: string): Html {
  const [shape, tone] = SIGNS[status] ?? ['○', 'idle']
  return html`<span class="mark ${tone}" aria-hidden="true">${shape}</span>`
}

function words(status: string): string {
  return status.replaceAll('-', ' ')
}

/** The charts of what was measured, each with its value in words; a verdict without a series has the words alone. */
function charts(seen: readonly { readonly label: string; readonly item: ItemView | undefined; readonly verdict: ItemVerdict }[]): Html | null {
  if (seen.length === 0) return null
  return html`<div class="charts">${seen.map(({ label, item, verdict }) => {
    const unit = unitIn(item)
    const drawing = seriesChart(verdict.series, item?.metric?.rule.threshold ?? null, unit, label)
    return html`<figure><figcaption><b>${label}</b><br>${verdictSentence(verdict, unit)}</figcaption>${drawing === null ? null : new Html(drawing)}${verdict.query ? html`<p><code>${verdict.query}</code></p>` : null}</figure>`
  })}</div>`
}

function itemRow(item: ItemView, files: readonly PackFile[], up: string): Html {
  const stored = item.evidence.flatMap((piece) => files.filter((file) => file.hash === piece.file?.hash))
  return html`<li>${sign(item.status)}<div><b>${item.id} ${item.title}</b> <span class="small">${words(item.status)}${item.isRequired ? '' : ', not required'}</span>
${item.reason ? html`<div class="small">${item.reason}</div>` : null}
<ul class="facts">${itemFacts(item).map((fact) => html`<li><b>${fact.label}</b> ${fact.text}${fact.code ? html`<br><code>${fact.code}</code>` : null}</li>`)}
${stored.map((file) => html`<li><b>In this pack</b> ${file.path === null ? html`${file.name}: the installation has it no longer, or not whole` : html`<a href="${up}${file.path}" download>${file.name}</a>`}</li>`)}</ul></div></li>`
}

/** Each sign-off, with the parts that it rests on where they are not those of the one before. */
function signOffs({ view, seen }: PackRelease, gate: GateView): readonly Html[] {
  const teamName = teamNames(view)
  return gate.signOffs.map((one, index) => {
    const mark = seen[one.id]
    const before = seen[gate.signOffs[index - 1]?.id ?? '']
    const parts = mark && mark.fingerprint !== before?.fingerprint ? Object.entries(mark.parts) : []
    return html`<div class="signed"><p><b>${one.state === 'valid' ? 'Signed off' : `Signed off, now ${one.state}`}</b> ${signOffSentence(one, teamName)}</p>
${mark ? html`<p class="small">Fingerprint of what was seen <span class="mono">${mark.fingerprint}</span>${mark.fingerprint === before?.fingerprint ? ', the same as above' : ''}</p>` : null}
${parts.length > 0 ? html`<dl class="small">${parts.map(([part, value]) => html`<dt>${words(part)}</dt><dd class="mono">${value || '–'}</dd>`)}</dl>` : null}</div>`
  })
}

function gateSection(release: PackRelease, gate: GateView, files: readonly PackFile[], up: string): Html {
  const snapshots = gate.signOffs.flatMap((one) => one.snapshot.map(({ itemId, verdict }) => {
    const item = gate.items.find((other) => other.id === itemId)
    return { label: `${itemId} ${item?.title ?? ''}, as ${one.by.name} saw it`, item, verdict }
  }))
  return html`<section class="gate" id="${release.view.code}-${gate.id}"><h3>${sign(gate.status)} <span>Gate ${gate.number}: ${gate.name}</span> <span class="small">${words(gate.status)}${gate.waivedCount > 0 ? `, ${gate.waivedCount} waived or not applicable` : ''}</span></h3>
${gate.inherited ? html`<p>Inherited from ${gate.inherited.code}, affirmed by ${gate.inherited.by.name}, ${instant(gate.inherited.at)}.</p>` : null}
<ul class="items">${gate.items.map((item) => itemRow(item, files, up))}</ul>
${signOffs(release, gate)}
${gate.signOffs.length === 0 && !gate.inherited ? html`<p class="small">Nobody has signed this gate.</p>` : null}
${gate.rejections.map((one) => html`<div class="signed"><p><b class="bad">Rejected</b> by ${one.by.name} for ${teamNames(release.view)(one.team)}, ${instant(one.at)}: ${one.reason}${one.lifted ? ` (${one.lifted.kind}, ${instant(one.lifted.at)}: ${one.lifted.reason})` : ''}</p></div>`)}
${gate.reopened.map((one) => html`<p class="small">Reopened by ${one.by.name}, ${instant(one.at)}: ${one.reason}</p>`)}
${charts(snapshots)}</section>`
}

function decisionSection(decision: DecisionView, items: ReadonlyMap<string, ItemView>, actions: readonly ActionView[]): Html {
  const conditions = conditionsOf(decision, actions)
  return html`<section class="gate"><h3>D-${decision.number}: ${decision.title} <span class="small">${words(decision.kind)}</span></h3>
${decision.context ? html`<p class="small">${decision.context}</p>` : null}${decision.drivers.length > 0 ? html`<p class="small">What drove it: ${decision.drivers.join('; ')}</p>` : null}
<p>${decision.reason}</p>
<p class="small">${decidedSentence(decision)}</p>
${conditions.length > 0 ? html`<p>Conditions:</p><ul>${conditions.map((one) => html`<li><b>${one.title}</b> <span class="small">${actionStanding(one)}</span></li>`)}</ul>` : null}
${decision.options.length > 0 ? html`<p>Options:</p><ul>${decision.options.map((one) => html`<li><b>${one.title}</b>${one.isChosen ? ' (chosen)' : ''}. ${optionWords(one)}</li>`)}</ul>` : null}
${decision.consequences ? html`<p>Consequences: ${decision.consequences}</p>` : null}
${decision.confirmation ? html`<p>To be confirmed${decision.confirmation.dueAt ? ` by ${instant(decision.confirmation.dueAt)}` : ''}: ${decision.confirmation.how}</p>` : null}
${decision.checks.length > 0 ? html`<ul>${decision.checks.map((one) => html`<li>${one.outcome === 'held' ? 'It held' : 'It did not hold'} (${one.by.name}, ${instant(one.at)}): ${one.note}</li>`)}</ul>` : null}
${decision.gates.length > 0 ? html`<p class="small">Gates as they stood: ${decision.gates.map((gate) => `${gate.number} ${words(gate.status)}`).join(' · ')}</p>` : null}
${charts(decision.metrics.map((one) => ({ label: one.title, item: items.get(one.itemId), verdict: one.verdict })))}</section>`
}

function actionRow(action: ActionView): Html {
  return html`<li>${sign(action.done ? 'met' : action.isOverdue ? 'overdue' : 'open')}<div><b>${action.title}</b> <span class="small">from ${words(action.source)}${action.owner ? `, ${action.owner.name}` : ''}${action.dueAt ? `, due ${instant(action.dueAt)}` : ''}${action.done ? '' : action.isOverdue ? ', overdue' : ', open'}</span>
${action.done ? html`<div class="small">${action.state === 'dropped' ? 'Dropped' : 'Done'} by ${action.done.by.name}, ${instant(action.done.at)}: ${action.done.note}</div>` : null}</div></li>`
}

function rollout({ view }: PackRelease): Html | null {
  if (view.steps.every((step) => step.status === 'later') && !view.rollBack) return null
  return html`<h2>Rollout</h2><ul class="items">${view.steps.map((step) => html`<li>${sign(step.status === 'done' ? 'met' : 'open')}<div><b>${step.share} % of traffic</b> <span class="small">${step.status}${step.liveAt ? `, live ${instant(step.liveAt)}` : ''}${step.soakedAt ? `, soaked ${instant(step.soakedAt)}` : ''}${step.restarts > 0 ? `, ${step.restarts} restarts of the soak` : ''}</span></div></li>`)}</ul>
${view.rollBack ? html`<div class="signed"><p><b class="bad">${view.rollBack.confirmed ? 'Rolled back' : 'Rolling back'}</b> ${rollBackSentence(view.rollBack)}</p></div>` : null}`
}

function waivers(gates: readonly GateView[]): Html {
  const held = gates.flatMap((gate) => gate.items.filter((item) => item.waiver || item.notApplicable).map((item) => ({ gate, item })))
  if (held.length === 0) return html`<h2>Waivers and what did not apply</h2><p>None.</p>`
  return html`<h2>Waivers and what did not apply</h2><ul class="items">${held.map(({ gate, item }) => html`<li>${sign(item.waiver ? 'waived' : 'not-applicable')}<div><b>${item.id} ${item.title}</b> <span class="small">gate ${gate.number}</span><ul class="facts">${itemFacts(item).filter((fact) => fact.label === 'Waiver' || fact.label === 'Not applicable').map((fact) => html`<li><b>${fact.label}</b> ${fact.text}</li>`)}</ul></div></li>`)}</ul>`
}

/** In: the release, the stored files of the pack, what stands behind the first facts, the way up to the pack's folder. */
export function releaseSections(release: PackRelease, files: readonly PackFile[], proof: Html | null, up = ''): Html {
  const { view } = release
  const items = new Map(view.gates.flatMap((gate) => gate.items.map((item) => [item.id, item] as const)))
  const facts: readonly (readonly [string, string])[] = [
    ['State', view.pill.label], ['Risk', `${view.risk}; separation ${words(view.separation)}`], ['Checklist', `${view.template.name}, revision ${view.template.revision}`],
    ['Artefact', view.candidate.artefact], ['Code', view.candidate.code], ['Data', view.candidate.data], ['Behaviour', view.candidate.behaviour], ['Evaluation', view.evaluation], ['Resource claim', view.claimWords],
    ['Before it', view.baseline?.label ?? 'nothing was live'], ['Registered by', view.candidate.registeredBy.name], ['Owners', view.owners.map((one) => `${one.person.name} (${teamNames(view)(one.team)})`).join(', ')], ['On call', view.onCall?.name ?? ''],
  ]
  return html`<h1>${view.code} · ${view.model.name} ${view.candidate.label} → ${view.environment.name}</h1>
<p class="lead">${view.sentence.map((part) => part.text).join('')}</p>
<ol class="rail" aria-label="Gates">${view.gates.map((gate) => html`<li><a href="#${view.code}-${gate.id}">${sign(gate.status)} <span>${gate.number} ${gate.shortName}<span class="small"> ${words(gate.status)}</span></span></a></li>`)}</ol>
<dl>${facts.filter(([, value]) => value !== '').map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
${proof}
<h2>Gates</h2>${view.gates.map((gate) => gateSection(release, gate, files, up))}
<h2>Decisions</h2>${view.decisions.length === 0 ? html`<p>None.</p>` : view.decisions.map((one) => decisionSection(one, items, view.actions))}
${waivers(view.gates)}
${rollout(release)}
<h2>Actions and conditions</h2>${view.actions.length === 0 ? html`<p>None.</p>` : html`<ul class="items">${view.actions.map(actionRow)}</ul>`}
<h2>Documents</h2>${view.documents.length === 0 ? html`<p>None.</p>` : html`<ul>${view.documents.map((one) => html`<li>${link(one.url, one.title)} <span class="small">${words(one.kind)}, ${teamNames(view)(one.ownerTeam)}${one.pinnedRevision ? `, revision ${one.pinnedRevision}` : ''}${one.reviewedBy.length > 0 ? `; reviewed by ${one.reviewedBy.map((review) => `${review.by.name} (${teamNames(view)(review.team)})`).join(', ')}` : ''}</span></li>`)}</ul>`}
<h2>What happened</h2><p class="small">Every entry of the log about this release, oldest first. The number and the hash are those in log/entries.ndjson.</p>
<table class="log"><thead><tr><th>Entry</th><th>When (UTC)</th><th>Who</th><th>What</th><th>Hash</th></tr></thead><tbody>
${release.timeline.map((one) => html`<tr><td>${one.seq}</td><td class="when">${one.at.slice(0, 16).replace('T', ' ')}</td><td>${one.by}</td><td>${one.words}</td><td class="mono">${one.hash.slice(0, 12)}</td></tr>
`)}</tbody></table>`
}
