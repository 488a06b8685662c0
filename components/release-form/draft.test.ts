import { describe, expect, it } from 'vitest'
import { openRelease } from '@/lib/domain/release/commands'
import { openingLimits } from '@/lib/domain/opening/limits'
import { openingStacks, resourcePanels } from '@/lib/domain/opening/stacks'
import type { OpeningView } from '@/lib/domain/opening/view'
import { SHIPPED_TEMPLATES } from '@/lib/domain/template/shipped'
import { commandOf, faultsOf, firstDraft, limitsAsked, readLabels, settled, type Draft } from './draft'

const uuid = (end: number) => `01980000-0000-7000-8000-${String(end).padStart(12, '0')}`
const version = (end: number, label: string) => ({ id: uuid(end), label, artefactLabel: `fraud ${label}`, raw: `models:/fraud/${label}`, isPinned: true, registeredAt: '2026-11-20T10:00:00.000Z' })
const environment = (end: number, slug: string) => ({ id: uuid(end), slug, name: slug, kind: 'cloud' as const, orchestrator: 'kubernetes' as const, zone: 'UTC', hasSource: true, sourceId: uuid(90), freezes: [] })
const view: OpeningView = {
  models: [{ id: uuid(1), slug: 'fraud', name: 'Fraud', codePrefix: 'FRAUD', versions: [version(12, '8'), version(11, '7')] }],
  environments: [environment(21, 'prod-eu'), environment(22, 'staging')],
  templates: SHIPPED_TEMPLATES.map((one) => ({ id: one.templateId, name: one.name, purpose: one.purpose, revision: 1, gateCount: one.gates.length, steps: one.steps, limits: openingLimits(one.gates), unmet: { strict: [], 'small-team': [] } })),
  places: [{ modelId: uuid(1), environmentId: uuid(21), lastStable: { versionId: uuid(11), label: '7', since: '2026-10-01T10:00:00.000Z' }, held: [], rollingOut: null }],
  people: [], teams: [], stacks: openingStacks(), resourcePanels: resourcePanels(),
  separation: { low: 'small-team', medium: 'small-team', high: 'strict' }, allowed: { open: null, addVersion: null },
}
const claim = { memoryGiB: '24', cpuCores: '8', gpuCount: '1', gpuMemoryGiB: '24', storageGiB: '40', peakPerSecond: '120.5', growthPercent: '30' }
const whole = (more: Partial<Draft> = {}): Draft => ({ ...firstDraft(view, 'fraud'), claim, gpuType: 'L4', labelDelayDays: '14', ...more })

describe('the draft of a release', () => {
  it('begins with the newest version, the target beside staging, and the labels of both versions', () => {
    const draft = firstDraft(view, 'fraud')
    expect(draft).toMatchObject({ versionId: uuid(12), environmentId: uuid(21), stagingEnvironmentId: uuid(22), way: 'last-stable' })
    expect(draft.candidateLabels).toBe('model_name=fraud\nmodel_version=8')
    expect(draft.stableLabels).toBe('model_name=fraud\nmodel_version=7')
    expect(draft.steps.map((step) => step.share)).toEqual(['5', '25', '50', '100'])
  })
  it('becomes a command that the edge accepts, with panels of the stack and the resources', () => {
    expect(faultsOf(view, whole())).toEqual({})
    const command = openRelease.parse(commandOf(view, whole({ targetDay: '2026-12-01' })))
    expect(command).toMatchObject({ claim: { gpuCount: 1, peakPerSecond: 120.5 }, targetAt: '2026-12-01T12:00:00.000Z', selectors: { candidate: { model_name: 'fraud', model_version: '8' } } })
    expect(command.panels.length).toBeGreaterThan(6)
  })
  it.each(openingStacks().map((stack) => stack.id))('the stack %s has panels that the edge accepts', (stackId) => {
    const draft = settled(view, whole({ stackId }), whole())
    expect(openRelease.parse(commandOf(view, draft)).panels.length).toBeGreaterThan(0)
  })
  it('asks the targets that depend on the model, by template and risk, and leaves out what is not typed', () => {
    expect(limitsAsked(view, whole()).map((one) => one.itemId)).toEqual(['3.7'])
    const llm = SHIPPED_TEMPLATES.find((one) => one.gates.some((gate) => gate.items.some((item) => item.id === '5.14')))?.templateId ?? ''
    expect(limitsAsked(view, whole({ templateId: llm })).map((one) => one.itemId)).toEqual(expect.arrayContaining(['5.14']))
    expect(commandOf(view, whole({ limits: { '3.7': ' 0,91 ', '5.14': '4' } })).limits).toEqual({ '3.7': 0.91 })
    expect(commandOf(view, whole()).limits).toEqual({})
    expect(faultsOf(view, whole({ limits: { '3.7': 'good' } }))).toEqual({ 'limit-3.7': '“good” is no number.' })
  })
  it('works without a baseline: nothing to go back to means switching off', () => {
    const draft = settled({ ...view, places: [] }, whole(), firstDraft({ ...view, places: [] }, 'fraud'))
    expect(draft.way).toBe('switch-off')
    expect(draft.stableLabels).toBe('')
    expect(openRelease.safeParse(commandOf({ ...view, places: [] }, draft)).success).toBe(true)
  })
  it('follows the version that is pasted, and keeps labels that somebody typed', () => {
    expect(settled(view, whole({ newLabel: '9' }), whole()).candidateLabels).toBe('model_name=fraud\nmodel_version=9')
    const typed = whole({ candidateLabels: 'job=canary' })
    expect(settled(view, { ...typed, newLabel: '9' }, typed)).toMatchObject({ candidateLabels: 'job=canary', stableLabels: 'model_name=fraud\nmodel_version=7' })
  })
  it('says what is missing or wrong', () => {
    expect(Object.keys(faultsOf(view, firstDraft(view, 'fraud'))).sort()).toEqual(['cpuCores', 'growthPercent', 'labelDelayDays', 'memoryGiB', 'peakPerSecond', 'storageGiB'])
    expect(faultsOf(view, whole({ claim: { ...claim, memoryGiB: 'lots' } }))['memoryGiB']).toContain('no such number')
    expect(faultsOf(view, whole({ versionId: uuid(11) }))['versionId']).toContain('last stable one')
    expect(faultsOf(view, whole({ stagingEnvironmentId: uuid(21) }))['stagingEnvironmentId']).toContain('the same')
    expect(faultsOf(view, whole({ steps: [{ share: '50', soakMinutes: '1', minimumRequests: '1' }] }))['steps']).toContain('100 %')
    const held = { ...view, places: view.places.map((one) => ({ ...one, held: [{ versionId: uuid(12), label: '8' }] })) }
    expect(faultsOf(held, whole())['versionId']).toContain('held')
  })
  it('reads labels and refuses what could break out of a matcher', () => {
    expect(readLabels('model_name = "fraud"\n\njob=x')).toEqual({ labels: { model_name: 'fraud', job: 'x' }, fault: null })
    for (const line of ['__name__=up', 'a', '1a=b', 'a=b",c="d', 'a{b}=c']) expect(readLabels(line).fault).not.toBeNull()
  })
})
