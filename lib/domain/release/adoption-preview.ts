/** Shows what a newer checklist would make of a running release before anybody takes it: lines added, gone and asked otherwise, where less is asked, and which sign-offs go stale. Pure. */
import { valueWords } from '@/lib/domain/template/export-markdown'
import { itemsForTier, ruleUnder, type ItemTemplate, type MetricAsk, type SignOffRule, type TemplateRevision, type ValueAsk } from '@/lib/domain/template/template'
import { same } from '@/lib/domain/same'
import { freeText } from '@/lib/domain/text'
import { specOfAsk } from '@/lib/domain/verdict/ask-spec'
import { ruleWords } from '@/lib/domain/verdict/rule-words'
import { adoptionOf } from './adoption'
import { applyRelease } from './apply'
import { adopted } from './decide-adoption'
import type { ReleaseEvent } from './events'
import { gateStandings } from './gate-standing'
import type { ReleaseState } from './state'

export interface PreviewLine {
  readonly gateNumber: number
  readonly gateName: string
  readonly itemId: string
  readonly title: string
}

export interface ChangedLine extends PreviewLine {
  /** What differs, each before and after in words. */
  readonly changes: readonly { readonly what: string; readonly before: string; readonly after: string }[]
  /** Whether its verdict is cleared; a new wording alone clears nothing. */
  readonly isCleared: boolean
}

export interface AdoptionPreview {
  readonly from: number
  readonly to: number
  readonly addedGates: readonly string[]
  readonly removedGates: readonly string[]
  readonly added: readonly PreviewLine[]
  readonly removed: readonly PreviewLine[]
  readonly changed: readonly ChangedLine[]
  /** Gates that are signed by others from now on, or need or rest on something else. */
  readonly gates: readonly { readonly number: number; readonly name: string; readonly changes: ChangedLine['changes'] }[]
  /** Where it asks less; it then waits for a second team. */
  readonly eased: readonly string[]
  /** Sign-offs that count now and have to be affirmed after it, or that go with their gate. */
  readonly stale: readonly { readonly gateNumber: number; readonly gateName: string; readonly by: string; readonly isGone: boolean }[]
  readonly needsReason: boolean
}

/** In: the release, the revision, the instant, how a person and a team are called. Out: what adopting it now would do. */
export function previewAdoption(state: ReleaseState, revision: TemplateRevision, now: Date, nameOf: (personId: string) => string, teamName: (team: string) => string): AdoptionPreview {
  const { changed: asked, eased } = adoptionOf(state, revision)
  const before = linesOf(state.template.gates, state)
  const after = linesOf(revision.gates, state)
  const place = ({ gate, line }: Line): PreviewLine => ({ gateNumber: gate.number, gateName: gate.name, itemId: line.id, title: line.title })
  const changed = [...after.values()].flatMap((one): ChangedLine[] => {
    const old = before.get(one.line.id)
    const item = state.items[one.line.id]
    if (!old || !item) return []
    const next = asked.find((each) => each.itemId === one.line.id)
    const changes = [
      ...differing('title', old.line.title, one.line.title), ...differing('hint', old.line.hint, one.line.hint), ...differing('kind', item.kind, one.line.kind),
      ...(next ? [...differing('required', yes(item.isRequired), yes(next.isRequired)), ...differing('passes', metricText(item.metric), metricText(next.metric)), ...differing('asks', askText(item.ask), askText(next.ask))] : []),
      ...differing('may be marked not applicable', yes(old.line.allowsNotApplicable), yes(one.line.allowsNotApplicable)),
      ...differing('answered by', teamName(old.line.ownerTeam ?? old.gate.ownerTeam), teamName(one.line.ownerTeam ?? one.gate.ownerTeam)),
    ]
    return changes.length > 0 || next ? [{ ...place(one), changes, isCleared: next !== undefined }] : []
  })
  return {
    from: state.template.revision, to: revision.revision,
    addedGates: revision.gates.filter((gate) => !state.template.gates.some((one) => one.id === gate.id)).map((gate) => `${gate.number}. ${gate.name}`),
    removedGates: state.template.gates.filter((gate) => !revision.gates.some((one) => one.id === gate.id)).map((gate) => `${gate.number}. ${gate.name}`),
    added: [...after.values()].filter(({ line }) => !before.has(line.id)).map(place), removed: [...before.values()].filter(({ line }) => !after.has(line.id)).map(place),
    changed, gates: gatesOf(state, revision, teamName), eased, stale: staleAfter(state, revision, now, nameOf), needsReason: asked.length + eased.length > 0,
  }
}

interface Line {
  readonly gate: TemplateRevision['gates'][number]
  readonly line: ItemTemplate
}

function linesOf(gates: TemplateRevision['gates'], state: ReleaseState): ReadonlyMap<string, Line> {
  return new Map(gates.flatMap((gate) => itemsForTier(gate, state.risk).map((line) => [line.id, { gate, line }] as const)))
}

function differing(what: string, before: string, after: string): ChangedLine['changes'] {
  return before === after ? [] : [{ what, before, after }]
}

const yes = (value: boolean): string => (value ? 'yes' : 'no')

function metricText(ask: MetricAsk | null): string {
  if (!ask) return 'not measured'
  const spec = specOfAsk(ask, null)
  return `${spec ? ruleWords(spec) : 'At a limit that is said when a release is opened.'} ${ask.mode === 'standing' ? 'Watched' : 'Measured once'} in ${ask.binding === 'staging' ? 'staging' : 'the target'}.`
}

function askText(ask: ValueAsk | null): string {
  return ask ? `${valueWords(ask)}${ask.validDays === undefined ? '' : `, good for ${ask.validDays} days`}` : 'no number'
}

function gatesOf(state: ReleaseState, revision: TemplateRevision, teamName: (team: string) => string): AdoptionPreview['gates'] {
  const signs = (rule: SignOffRule) => [...rule.teams.map((one) => `${one.count} ${teamName(one.team)}`), ...(rule.counterSignatures ? [`${rule.counterSignatures} counter-signature`] : [])].join(' + ')
  const numbers = (gates: TemplateRevision['gates'], ids: readonly string[]) => ids.map((id) => gates.find((gate) => gate.id === id)?.number ?? id).join(', ') || 'none'
  return revision.gates.flatMap((gate) => {
    const old = state.template.gates.find((one) => one.id === gate.id)
    if (!old) return []
    const changes = [
      ...differing('name', old.name, gate.name), ...differing('signed by', signs(ruleUnder(old, state.separation)), signs(ruleUnder(gate, state.separation))),
      ...differing('needs', numbers(state.template.gates, old.needs), numbers(revision.gates, gate.needs)), ...(same(old.parts.toSorted(), gate.parts.toSorted()) ? [] : differing('rests on', old.parts.join(', ') || 'nothing', gate.parts.join(', ') || 'nothing')),
      ...differing('owner', teamName(old.ownerTeam), teamName(gate.ownerTeam)),
    ]
    return changes.length > 0 ? [{ number: gate.number, name: gate.name, changes }] : []
  })
}

/** The same events as the command makes, folded by the same rules: what counts before and not after. */
function staleAfter(state: ReleaseState, revision: TemplateRevision, now: Date, nameOf: (personId: string) => string): AdoptionPreview['stale'] {
  const stamp = { v: 1, at: now.toISOString(), by: '' } as const
  const events = adopted({ state }, revision, freeText('')).map((event): ReleaseEvent => ({ ...stamp, ...event }))
  const after = gateStandings(events.reduce(applyRelease, state), now)
  return gateStandings(state, now).flatMap((standing) => {
    const then = after.find((one) => one.gate.id === standing.gate.id)
    const counts = new Set(then?.valid.map((signOff) => signOff.id))
    return standing.valid.filter((signOff) => !counts.has(signOff.id)).map((signOff) => ({ gateNumber: standing.gate.number, gateName: standing.gate.name, by: nameOf(signOff.by), isGone: then === undefined }))
  })
}
