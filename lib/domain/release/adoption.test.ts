/** Taking a newer checklist, other stacks or unknown files into a running release: never a way round what was judged. */
import { describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/domain/actor'
import { LLM_RELEASE, ML_RELEASE } from '@/lib/domain/template/shipped'
import type { GateTemplate, ItemTemplate, TemplateRevision } from '@/lib/domain/template/template'
import { previewAdoption } from './adoption-preview'
import type { ReleaseCommand } from './commands'
import { specOfItem } from './measured'
import { EVALUATOR, id, Play, SIX } from './testing/play'
import { open, opening, prepare, settle, sign, verdict } from './testing/story'

function refusal(play: Play, release: string, command: ReleaseCommand, actor: Actor): string {
  const played = play.run(release, command, actor)
  return played.ok ? 'accepted' : played.refusal.code
}

const revised = (gateId: string, change: (gate: GateTemplate) => GateTemplate): TemplateRevision =>
  ({ ...ML_RELEASE, revision: 2, gates: ML_RELEASE.gates.map((gate) => (gate.id === gateId ? change(gate) : gate)) })
const withItem = (gateId: string, itemId: string, change: (item: ItemTemplate) => ItemTemplate) =>
  revised(gateId, (gate) => ({ ...gate, items: gate.items.map((item) => (item.id === itemId ? change(item) : item)) }))
const without = (gateId: string, itemId: string) => revised(gateId, (gate) => ({ ...gate, items: gate.items.filter((item) => item.id !== itemId) }))
const asMetric = (item: ItemTemplate, threshold: number): ItemTemplate => (item.kind === 'metric' ? { ...item, metric: { ...item.metric, rule: { ...item.metric.rule, threshold } } } : item)

/** Scope, data and environment signed. */
function judged(): { play: Play; release: string } {
  const play = new Play()
  const release = open(play, 1, SIX.pia)
  for (const gate of ['scope', 'data', 'environment']) {
    settle(play, release, gate, gate === 'scope' ? SIX.pia : gate === 'data' ? SIX.dana : SIX.olga)
    sign(play, release, gate, play.people.toReversed())
  }
  return { play, release }
}

const LATENCY = ML_RELEASE.gates.flatMap((gate) => gate.items).find((item) => item.kind === 'metric' && item.metric.presetRole === 'latency-p95' && item.metric.binding === 'staging')
const latencyId = LATENCY?.id ?? ''
const latencyLimit = LATENCY?.kind === 'metric' ? (LATENCY.metric.rule.threshold ?? 0) : 0

/** Each: what the newer revision does, whether it asks less, and whether the gate's sign-offs have to be affirmed. */
const CASES: readonly (readonly [string, string, TemplateRevision, boolean, boolean])[] = [
  ['drops a required mark', 'scope', withItem('scope', '1.2', (item) => ({ ...item, isRequired: false })), true, true],
  ['removes a line', 'scope', without('scope', '1.2'), true, true],
  ['asks a line from a higher risk only', 'scope', withItem('scope', '1.2', (item) => ({ ...item, minTier: 'high' })), true, true],
  ['lets a line be not applicable', 'scope', withItem('scope', '1.2', (item) => ({ ...item, allowsNotApplicable: true })), true, false],
  ['asks fewer people', 'environment', revised('environment', (gate) => ({ ...gate, rule: { teams: [] }, smallTeamRule: { teams: [] } })), true, false],
  ['rests on fewer parts', 'environment', revised('environment', (gate) => ({ ...gate, parts: ['artefact'] })), true, false],
  ['needs fewer gates', 'decision', revised('decision', (gate) => ({ ...gate, needs: [] })), true, false],
  ['drops a gate', 'follow-up', { ...ML_RELEASE, revision: 2, gates: ML_RELEASE.gates.filter((gate) => gate.id !== 'follow-up') }, true, false],
  ['raises a limit', 'environment', withItem('environment', latencyId, (item) => asMetric(item, latencyLimit * 2)), true, true],
  ['measures something else', 'environment', withItem('environment', latencyId, (item) => (item.kind === 'metric' ? { ...item, metric: { ...item.metric, presetRole: 'throughput' } } : item)), true, true],
  ['lowers a limit', 'environment', withItem('environment', latencyId, (item) => asMetric(item, latencyLimit / 2)), false, true],
]

describe('a newer checklist', () => {
  it.each(CASES)('that %s (gate %s)', (_words, gateId, template, isLess, isStale) => {
    const { play, release } = judged()
    play.template = template
    play.pass(1)
    const preview = previewAdoption(play.release(release), template, new Date(play.now), (person) => person, (team) => team)
    const counted = play.release(release).template.gates.flatMap((gate) => play.gate(release, gate.id).valid.map((signOff) => [gate.id, signOff.id] as const))
    expect([preview.eased.length > 0, preview.needsReason, preview.stale.length > 0], 'what the preview says').toEqual([isLess, true, isStale])
    expect(refusal(play, release, { type: 'adopt-template', revision: 2 }, SIX.dirk), 'without a reason').toBe('invalid')
    play.must(release, { type: 'adopt-template', revision: 2, reason: 'learnt from CHURN-31' }, SIX.dirk)
    const [proposal] = play.release(release).proposals
    expect(proposal !== undefined, 'waits for a second team').toBe(isLess)
    if (proposal) {
      expect(play.release(release).template.revision).toBe(1)
      expect(refusal(play, release, { type: 'adopt-template', revision: 2, reason: 'again' }, SIX.omar)).toBe('exists')
      expect(refusal(play, release, { type: 'confirm-change', proposalId: proposal.id }, SIX.dana), 'the same team').toBe('forbidden')
      play.must(release, { type: 'confirm-change', proposalId: proposal.id }, SIX.omar)
    }
    expect(play.release(release).template.revision).toBe(2)
    if (isStale) {
      expect(play.gate(release, gateId).stale.length, 'sign-offs have to be affirmed').toBeGreaterThan(0)
      expect(play.gate(release, gateId).status).not.toMatch(/^passed/)
    }
    const still = new Set(play.release(release).template.gates.flatMap((gate) => play.gate(release, gate.id).valid.map((signOff) => signOff.id)))
    expect(counted.filter(([, signOff]) => !still.has(signOff)), 'the sign-offs that the preview names, and no others').toHaveLength(preview.stale.length)
    expect(play.replay(release)).toEqual(play.release(release))
  })

  it('is shown before it is taken: lines added, gone and asked otherwise, each in words', () => {
    const { play, release } = judged()
    const extra = LLM_RELEASE.gates.flatMap((gate) => gate.items).find((item) => item.id === '5.15')
    const template = revised('environment', (gate) => ({ ...gate, rule: { teams: [{ team: 'ops', count: 2 }] }, items: [...gate.items.filter((item) => item.id !== '5.4').map((item) => (item.id === latencyId ? asMetric(item, latencyLimit / 2) : item)), ...(extra ? [extra] : [])] }))
    const preview = previewAdoption(play.release(release), template, new Date(play.now), (person) => person, (team) => team)
    expect(preview.added.map((line) => line.itemId)).toEqual(['5.15'])
    expect(preview.removed.map((line) => line.itemId)).toEqual(['5.4'])
    expect(preview.changed).toEqual([expect.objectContaining({ itemId: latencyId, isCleared: true, changes: [{ what: 'passes', before: expect.stringContaining('at most 250 ms'), after: expect.stringContaining('at most 125 ms') }] })])
    expect(preview.gates).toEqual([{ number: 5, name: 'Environment and resources', changes: [{ what: 'signed by', before: '1 ops', after: '2 ops' }] }])
    expect(preview.stale.map((one) => one.gateNumber)).toEqual([5])
  })

  it('that only adds lines is taken at once and without a reason; sign-offs of the gate have to be affirmed', () => {
    const { play, release } = judged()
    const extra = LLM_RELEASE.gates.flatMap((gate) => gate.items).find((item) => item.id === '5.15')
    play.template = revised('environment', (gate) => ({ ...gate, items: extra ? [...gate.items, extra] : gate.items }))
    play.must(release, { type: 'adopt-template', revision: 2 }, SIX.dirk)
    expect(play.release(release).template.revision).toBe(2)
    expect(play.gate(release, 'environment').status).toBe('stale')
    expect(play.gate(release, 'scope').status).toBe('passed')
  })

  it('that lets a gate rest on more makes what was signed before stale', () => {
    const { play, release } = judged()
    play.template = revised('scope', (gate) => ({ ...gate, parts: ['data'] }))
    play.must(release, { type: 'adopt-template', revision: 2 }, SIX.dirk)
    expect(play.gate(release, 'scope').stale[0]?.parts).toEqual([{ part: 'data', then: 'not shown', now: 'dvc-1' }])
  })

  it('keeps what this release asks on its own, and does not undo it in silence', () => {
    const { play, release } = judged()
    const metric = { threshold: latencyLimit / 4, timesStable: null }
    play.must(release, { type: 'change-item', itemId: latencyId, isRequired: true, metric, target: null, query: null, reason: 'a strict customer' }, SIX.olga)
    play.template = withItem('environment', latencyId, (item) => asMetric(item, latencyLimit * 2))
    play.must(release, { type: 'adopt-template', revision: 2, reason: 'newest' }, SIX.dirk)
    expect(play.release(release).items[latencyId]?.metric?.rule.threshold).toBe(latencyLimit / 4)
  })

  it('keeps a measurement that this release has of its own', () => {
    const { play, release } = judged()
    const before = play.release(release).items[latencyId]
    const spec = before && specOfItem(before)
    if (!spec || spec.rule.test.kind !== 'threshold') throw new Error('no spec')
    play.must(release, { type: 'change-metric', itemId: latencyId, isRequired: true, spec: { ...spec, rule: { ...spec.rule, test: { ...spec.rule.test, limit: spec.rule.test.limit / 2 } } }, reason: 'a strict customer' }, SIX.olga)
    const own = play.release(release).items[latencyId]
    play.template = withItem('environment', latencyId, (item) => asMetric(item, latencyLimit * 2))
    play.must(release, { type: 'adopt-template', revision: 2, reason: 'newest' }, SIX.dirk)
    expect(play.release(release).items[latencyId]?.spec).toEqual(own?.spec)
    expect(play.release(release).items[latencyId]?.metric).toEqual(own?.metric)
  })

  it('is refused once traffic may move, also when it was proposed before', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    prepare(play, release)
    play.template = without('follow-up', '11.5')
    play.must(release, { type: 'adopt-template', revision: 2, reason: 'shorter' }, SIX.dirk)
    play.must(release, { type: 'start-rollout' }, SIX.omar)
    const [proposal] = play.release(release).proposals
    expect(refusal(play, release, { type: 'confirm-change', proposalId: proposal?.id ?? '' }, SIX.omar)).toBe('blocked')
    expect(refusal(play, release, { type: 'adopt-template', revision: 2, reason: 'x' }, SIX.omar)).toBe('blocked')
  })
})

describe('the stack of the panels', () => {
  const panel = (presetId: string) => ({ id: 'p', title: 'Latency', presetId, query: null, unit: 's', threshold: null })
  const change = (presetIds: readonly string[], reason: string): ReleaseCommand => ({ type: 'change', change: { part: 'panels', value: presetIds.map((one, i) => ({ ...panel(one), id: `p${i}` })) }, reason })

  it.each([
    ['another stack, no reason', ['vllm.latency-p95'], '', 'invalid', true],
    ['another stack, a reason', ['vllm.latency-p95'], 'it runs on vLLM', 'accepted', false],
    ['a panel of the same stack', ['model.error-ratio'], '', 'accepted', true],
  ] as const)('%s', (_words, presets, reason, answer, staysPassed) => {
    const { play, release } = judged()
    expect(refusal(play, release, change(presets, reason), SIX.dirk)).toBe(answer)
    expect(/^passed/.test(play.gate(release, 'environment').status)).toBe(staysPassed)
    if (!staysPassed) expect(play.release(release).items[latencyId]?.verdict).toBeNull()
    expect(play.gate(release, 'scope').status).toBe('passed')
  })

  it('leaves items with an own query as they are, and may change freely before anything was measured', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    expect(refusal(play, release, change(['vllm.latency-p95'], ''), SIX.dirk)).toBe('accepted')
    play.must(release, verdict(latencyId, 'pass', play.now), EVALUATOR)
    expect(refusal(play, release, change([], ''), SIX.dirk)).toBe('invalid')
  })
})

describe('a file as evidence', () => {
  const hash = 'a'.repeat(64)
  const file = (itemId: string): ReleaseCommand => ({ type: 'add-evidence', itemId, evidenceId: id(8000), evidence: { kind: 'file', title: 'report', hash, size: 9, mediaType: 'text/html' } })
  const result = (itemId: string): ReleaseCommand => ({ type: 'add-evidence', itemId, evidenceId: id(8001), evidence: { kind: 'result', title: 'suite', hash, format: 'junit', passed: 3, failed: 0, skipped: 0 } })

  it.each([['file', file], ['result', result]] as const)('a %s whose bytes were never stored is refused, and kept as it is stored', (_kind, command) => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    const itemId = play.gate(release, 'scope').items.find((line) => play.release(release).items[line.itemId]?.kind === 'evidence')?.itemId ?? ''
    expect(refusal(play, release, command(itemId), SIX.dana)).toBe('not-found')
    play.files.add(hash)
    play.must(release, command(itemId), SIX.dana)
    expect(play.release(release).items[itemId]?.evidence[0]?.file).toEqual({ hash, size: 3, mediaType: 'text/plain' })
  })
})

describe('targets that are given at the opening', () => {
  it('stand where the template leaves them open', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia, { limits: { '3.7': 0.91 } })
    expect(play.release(release).items['3.7']?.ask?.target).toBe(0.91)
    expect(play.release(release).items['3.7']?.revision).toBe(0)
    expect('limits' in play.release(release)).toBe(false)
    expect(play.replay(release)).toEqual(play.release(release))
  })

  it.each([['2.5', 'a target that the template fixes'], ['2.7', 'a line that takes any number'], ['1.1', 'a line that takes no number'], ['5.14', 'a line of another template']])('%s is refused: %s', (itemId) => {
    const play = new Play()
    expect(refusal(play, id(400), opening(play, 1, { limits: { [itemId]: 1 } }), SIX.pia)).toBe('invalid')
  })

  it('go with the other templates, a cost budget among them', () => {
    const play = new Play({ template: LLM_RELEASE })
    const release = open(play, 1, SIX.pia, { limits: { '5.14': 4 } })
    expect(play.release(release).items['5.14']?.ask?.target).toBe(4)
  })
})
