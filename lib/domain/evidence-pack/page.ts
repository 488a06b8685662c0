/** Writes the printable page of a pack: self-contained, without script, and with nothing of what people wrote able to do anything. */
import { COVERAGE_WORDS, CROSS_WALK_NOTE, EU_AI_ACT, NIST_AI_RMF, type CrossWalkRow } from './cross-walk'
import { instant } from './facts'
import { html, prose, type Html } from './html'
import { scopeWords, type Pack, type PackCheckIn, type PackRelease } from './pack'
import { releaseSections } from './page-release'
import { groupedFingerprint } from './statement'
import { STYLE } from './style'

// Style is the page's own; everything else is forbidden, so that a page which somebody tampered with can load and run nothing.
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

function document(title: string, body: Html): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
`
  return `${page.text}<style>${STYLE}</style>\n</head>\n<body>\n<main>\n${body.text}\n</main>\n</body>\n</html>\n`
}

function proof(pack: Pack): Html {
  return html`<section class="box" aria-labelledby="proof"><h2 id="proof" style="margin:0 0 8px;border:0;padding:0;font-size:15px">How to know that nothing was changed</h2>
<p>Run <code>node verify.mjs</code> in the folder of this pack; it needs Node and nothing else. It checks every file, every entry of the log and every signature, and says in one word what it found.</p>
<dl><dt>Log</dt><dd>${pack.head.seq} entries in one chain, ${pack.shownEntries} of them shown in this pack</dd>
<dt>Last entry</dt><dd class="mono">${pack.head.hash}</dd>
<dt>Signed</dt><dd>${instant(pack.asOf)}; ${pack.checkpoints} ${pack.checkpoints === 1 ? 'checkpoint' : 'checkpoints'} in the pack</dd>
<dt>Key fingerprint</dt><dd class="mono">${groupedFingerprint(pack.key.fingerprint)}</dd></dl>
<p class="small">Ask the installation for this fingerprint by another way than this pack, and give it to the verifier: <code>--key</code>. The README says what each verdict means and what a pack does not prove.</p></section>`
}

function checkIns(list: readonly PackCheckIn[]): Html | null {
  if (list.length === 0) return null
  return html`<h2 id="check-ins">Check-in minutes</h2>${list.map((one) => html`<section class="gate"><h3>${one.title}</h3>
<p class="small">${instant(one.closedAt ?? one.startsAt)}${one.minutes ? html`, closed by ${one.minutes.by}, <span class="mono">sha256 ${one.minutes.hash}</span>` : null}</p>
${one.minutes ? prose(one.minutes.markdown) : html`<p>No minutes.</p>`}
${one.addenda.map((addendum) => html`<div class="signed"><p><b>Addendum</b> by ${addendum.by}, ${instant(addendum.at)}</p>${prose(addendum.text)}</div>`)}</section>`)}`
}

function walk(title: string, rows: readonly CrossWalkRow[]): Html {
  const tone = { evidence: 'good', part: 'wait', none: 'idle' } as const
  const sign = { evidence: '●', part: '◐', none: '○' } as const
  return html`<h3>${title}</h3><table class="walk"><thead><tr><th>Reference</th><th>Asks</th><th>Coverage</th><th>Where in this pack</th><th>What is not here</th></tr></thead><tbody>
${rows.map((row) => html`<tr><td><b>${row.ref}</b></td><td>${row.asks}</td><td class="${tone[row.coverage]}"><span aria-hidden="true">${sign[row.coverage]}</span> ${COVERAGE_WORDS[row.coverage]}</td><td>${row.where || '–'}</td><td>${row.lacks ? row.lacks : '–'}</td></tr>
`)}</tbody></table>`
}

function crossWalk(): Html {
  return html`<h2 id="cross-walk">Cross-walk</h2><p>${CROSS_WALK_NOTE}</p>${walk('NIST AI RMF 1.0', NIST_AI_RMF)}${walk('EU AI Act', EU_AI_ACT)}`
}

function foot(pack: Pack): Html {
  return html`<footer class="small">${pack.installationName} · ${scopeWords(pack.scope)} · as of ${instant(pack.asOf)} · entry ${pack.head.seq} · times are in UTC · made by Gatehouse</footer>`
}

/** The page of a pack about one release: everything in one document. */
export function singlePage(pack: Pack, release: PackRelease): string {
  return document(`Evidence: ${release.view.code}`, html`<p class="eyebrow">Evidence pack · ${pack.installationName} · as of ${instant(pack.asOf)}</p>
${releaseSections(release, pack.files, proof(pack))}
${checkIns(pack.checkIns)}
${crossWalk()}
${foot(pack)}`)
}

/** The page of one of several releases. */
export function releasePage(pack: Pack, release: PackRelease): string {
  return document(`Evidence: ${release.view.code}`, html`<p class="eyebrow"><a href="../index.html">Evidence pack ${scopeWords(pack.scope)}</a> · as of ${instant(pack.asOf)}</p>
${releaseSections(release, pack.files, null, '../')}${foot(pack)}`)
}

/** The first page of a pack about a period. */
export function overviewPage(pack: Pack): string {
  return document(`Evidence: ${scopeWords(pack.scope)}`, html`<p class="eyebrow">Evidence pack · ${pack.installationName}</p>
<h1>${scopeWords(pack.scope)}</h1>
<p class="lead">${pack.releases.length === 1 ? 'One release' : `${pack.releases.length} releases`} in which something was recorded in this time, each with all that was ever recorded of it, as of ${instant(pack.asOf)}.</p>
${proof(pack)}
<h2>Releases</h2>
${pack.releases.length === 0 ? html`<p>None.</p>` : html`<div class="scroll"><table><thead><tr><th>Release</th><th>Model and version</th><th>Environment</th><th>State</th><th>Decisions</th></tr></thead><tbody>
${pack.releases.map(({ view }) => html`<tr><td><a href="releases/${view.code}.html">${view.code}</a></td><td>${view.model.name} ${view.candidate.label}</td><td>${view.environment.name}</td><td>${view.pill.label}</td><td>${view.decisions.length}</td></tr>
`)}</tbody></table></div>`}
${checkIns(pack.checkIns)}${crossWalk()}${foot(pack)}`)
}
