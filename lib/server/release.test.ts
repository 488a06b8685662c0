import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { verifyChain, verifyStates } from '@/db/log'
import { projections } from '@/db/projections'
import type { Store } from '@/db/store'
import { keepFile } from '@/db/stored-file'
import { freshMemory } from '@/db/testing/stores'
import type { Actor, PersonActor } from '@/lib/domain/actor'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { registry } from '@/lib/domain/registry'
import { readRelease } from '@/lib/domain/release/phase'
import type { ReleaseState } from '@/lib/domain/release/state'
import { digestOf } from '@/lib/domain/work/digest'
import { id, person, SIX } from '@/lib/domain/release/testing/play'
import { contexts } from '@/lib/server/context'
import { executeIn, type Call } from '@/lib/server/execute'
import { seedTemplates } from '@/lib/server/seed-templates'
import { openingOf } from '@/lib/server/testing/opening'

const held = vi.hoisted((): { store: unknown } => ({ store: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => held.store, closeStore: async () => undefined }))

const { boardView } = await import('@/lib/server/view/board')
const { mayProceed, releaseTimeline, releaseView } = await import('@/lib/server/view/release')
const { digestInput, workView } = await import('@/lib/server/view/work')
const { viewTestScore } = await import('@/lib/server/view/test-score')
const { decisionList } = await import('@/lib/server/view/decisions')

const setup: Actor = { kind: 'system', name: 'setup' }
const { pia, paul, dana, dirk, olga, omar } = SIX
const MODEL = id(100)
const TARGET = id(200)

let store: Store
let count = 0
const order = (kind: Call['kind'], target: string, command: unknown, actor: Actor, key = `k${(count += 1)}`) =>
  executeIn({ store, contexts, foldings: registry, projections }, { kind, id: target, command, actor, key })

async function must(kind: Call['kind'], target: string, command: unknown, actor: Actor): Promise<void> {
  const result = await order(kind, target, command, actor)
  if (!result.ok) throw new Error(`${JSON.stringify(command).slice(0, 80)}: ${result.refusal.message} ${JSON.stringify(result.refusal.blockers ?? [])}`)
}

const behaviour = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }

function openCommand(versionId: string) {
  const { rollbackPlan, feedback, claim, ...rest } = openingOf(MODEL, versionId, TARGET)
  return { ...rest, claim: { ...claim, gpuCount: 1, gpuType: 'L4', gpuMemoryGiB: 24 }, rollbackPlan: { ...rollbackPlan, triggers: 'SECRET-TRIGGER errors double' }, feedback: { ...feedback, description: 'chargebacks' } }
}

async function stateOf(release: string): Promise<ReleaseState> {
  const { loadAggregate } = await import('@/db/aggregate')
  const loaded = await loadAggregate(store, 'release', release)
  if (!loaded) throw new Error('no release')
  return loaded.state
}

/** Settles what people can settle of a gate, through the commands that a screen would send. */
async function settle(release: string, gateId: string, actor: PersonActor): Promise<void> {
  const state = await stateOf(release)
  const gate = readRelease(state, [], new Date()).gates.find((g) => g.gate.id === gateId)
  for (const line of gate?.unsettled ?? []) {
    const item = state.items[line.itemId]
    if (item?.kind === 'check') await must('release', release, { type: 'tick', itemId: item.id, isDone: true }, actor)
    if (item?.kind === 'evidence') await must('release', release, { type: 'add-evidence', itemId: item.id, evidenceId: id(9000 + (count += 1)), evidence: { kind: 'link', title: 'Report', url: 'https://example.org/r' } }, actor)
  }
}

async function seenOf(release: string, gateId: string) {
  return readRelease(await stateOf(release), [], new Date()).gates.find((g) => g.gate.id === gateId)?.seen
}

beforeAll(async () => {
  store = await freshMemory()
  held.store = store
  const placeRun = (call: Call) => executeIn({ store, contexts, foldings: registry, projections }, call)
  await must('installation', INSTALLATION_ID, { type: 'set-up', name: 'Acme', admin: { id: pia.personId, name: 'Pia', email: 'pia@acme.example', memberships: pia.memberships } }, setup)
  await seedTemplates(new Date(), placeRun)
  for (const one of [paul, dana, dirk, olga, omar]) {
    await must('person', one.personId, { type: 'register', name: one.name, email: `${one.name}@acme.example`, memberships: one.memberships, isAdmin: false }, setup)
  }
  await must('model', MODEL, { type: 'register-model', slug: 'fraud', name: 'fraud-scorer', purpose: 'Stops card fraud', ownerTeam: 'data-science', codePrefix: 'FRAUD' }, dana)
  for (const number of [1, 2]) {
    await must('model', MODEL, { type: 'add-version', versionId: id(300 + number), label: `4.${number}.0`, artefact: `models:/fraud/${number}`, digest: null, codeCommit: null, data: null, behaviour }, dana)
  }
  await must('environment', TARGET, { type: 'add-environment', slug: 'prod-eu', name: 'production-eu', kind: 'cloud', orchestrator: 'kubernetes', sourceId: null, zone: 'Europe/Berlin' }, olga)
})
afterAll(() => store.close())

describe('a release through the one write path', () => {
  const release = id(400)

  it('opens with a code, and says on every list what waits for whom', async () => {
    await must('release', release, openCommand(id(301)), pia)
    const view = await releaseView(pia, 'fraud-1')
    expect(view).toMatchObject({ code: 'FRAUD-1', phase: 'preparing', model: { name: 'fraud-scorer' }, baseline: null })
    expect(view?.rollbackPlan.triggers).toContain('SECRET-TRIGGER')
    const text = view?.sentence.map((part) => part.text).join('')
    const board = await boardView(pia, {})
    expect(board.groups.flatMap((g) => g.rows).map((row) => row.sentence.map((part) => part.text).join(''))).toEqual([text])
    expect(board.total).toBe(1)
    expect(board.shown).toBe(board.groups.reduce((sum, group) => sum + group.rows.length, 0))
    expect(board.tiles.find((tile) => tile.team === 'product')?.count).toBe(1)
    const work = await workView(paul)
    expect(work.groups.map((group) => [group.key, group.lines.map((line) => line.code)])).toEqual([['act', ['FRAUD-1']]])
    expect(work.total).toBe(1)
    const stored = JSON.stringify([await store.db.select().from(store.t.aggregate), await store.db.select().from(store.t.logEntry), await store.db.select().from(store.t.releaseCard)])
    expect(stored).not.toContain('SECRET-TRIGGER')
  })

  it('says for each button why it would be refused, by the same rules that refuse the command', async () => {
    const view = await releaseView(pia, 'FRAUD-1')
    const refusal = view?.can['sign-off:scope']
    expect(refusal?.code).toBe('blocked')
    const result = await order('release', release, { type: 'sign-off', gateId: 'scope', teams: [], comment: '', onBehalfOf: null, seen: view?.gates[0]?.seen }, pia)
    expect(result).toEqual({ ok: false, refusal })
    expect(view?.can['tick:1.3'] ?? view?.can['add-evidence:1.1']).toBeNull()
  })

  it('keeps of a stored file what evidence says of it, and refuses a hash that nothing is stored under', async () => {
    const hash = 'c'.repeat(64)
    const add = (evidenceId: string) => ({ type: 'add-evidence', itemId: '2.1', evidenceId, evidence: { kind: 'file', title: 'Pins', hash, size: 1, mediaType: 'text/html' } })
    expect(await order('release', release, add(id(8001)), dana)).toMatchObject({ ok: false, refusal: { code: 'not-found', message: expect.stringContaining('Upload it first') } })
    await keepFile(store, { hash, size: 12, name: 'SECRET-NAME.txt', mediaType: 'text/plain', createdBy: dana.personId, createdAt: new Date() })
    expect(await order('release', release, add(id(8001)), dana)).toMatchObject({ ok: true })
    expect((await stateOf(release)).items['2.1']?.evidence.at(-1)?.file).toEqual({ hash, size: 12, mediaType: 'text/plain' })
    expect(JSON.stringify(await store.db.select().from(store.t.logEntry))).not.toContain('SECRET-NAME')
  })

  it('takes fifty requests of one person for one sign-off as one', async () => {
    await settle(release, 'scope', paul)
    const seen = await seenOf(release, 'scope')
    const command = { type: 'sign-off', gateId: 'scope', teams: [], comment: '', onBehalfOf: null, seen }
    const sameKey = await Promise.all(Array.from({ length: 25 }, () => order('release', release, command, pia, 'one-key')))
    const ownKeys = await Promise.all(Array.from({ length: 25 }, () => order('release', release, command, pia)))
    expect(new Set(sameKey.map((r) => (r.ok ? r.version : 0))).size).toBe(1)
    expect(ownKeys.every((r) => !r.ok && r.refusal.code === 'exists')).toBe(true)
    expect((await stateOf(release)).gates['scope']?.signOffs).toHaveLength(1)
    expect((await releaseView(pia, release))?.gates[0]?.status).toBe('passed')
  })

  it('counts fifty people on one gate each once, and reaches the quorum once', async () => {
    await settle(release, 'data', dana)
    const crowd = Array.from({ length: 50 }, (_, i) => person(600 + i, `Crowd ${i}`, [{ team: 'data-science', role: 'member' }]))
    const state = await stateOf(release)
    const open = readRelease(state, [], new Date()).gates.find((g) => g.gate.id === 'data')
    // What only metrics can settle is waived, so that the gate can be signed here without a Prometheus.
    for (const line of open?.unsettled ?? []) {
      await must('release', release, { type: 'request-waiver', itemId: line.itemId, reason: 'no source', until: new Date(Date.now() + 86_400_000).toISOString() }, dana)
      await must('release', release, { type: 'approve-waiver', itemId: line.itemId }, pia)
    }
    const seen = await seenOf(release, 'data')
    const results = await Promise.all(crowd.map((actor) => order('release', release, { type: 'sign-off', gateId: 'data', teams: [], comment: '', onBehalfOf: null, seen }, actor)))
    const refused = results.filter((r) => !r.ok)
    for (const result of refused) expect(result).toMatchObject({ refusal: { code: 'conflict' } })
    const signOffs = (await stateOf(release)).gates['data']?.signOffs ?? []
    expect(signOffs).toHaveLength(results.length - refused.length)
    expect(new Set(signOffs.map((s) => s.by)).size).toBe(signOffs.length)
    expect((await releaseView(pia, release))?.gates[1]?.status).toBe('passed-with-waivers')
  })

  it('gives the second of two people who edit one note both texts', async () => {
    await must('release', release, { type: 'set-note', itemId: '3.1', text: 'Dana’s text', expects: 0 }, dana)
    const late = await order('release', release, { type: 'set-note', itemId: '3.1', text: 'Dirk’s text', expects: 0 }, dirk)
    expect(late).toMatchObject({ ok: false, refusal: { code: 'stale' } })
    const view = await releaseView(dirk, release)
    expect(view?.gates.flatMap((g) => g.items).find((item) => item.id === '3.1')?.note).toMatchObject({ text: 'Dana’s text', version: 1 })
  })

  it('answers a pipeline with yes or no and why', async () => {
    expect(await mayProceed(pia, 'FRAUD-1', null)).toMatchObject({ mayProceed: false, digest: null, step: { index: 0, share: 10 } })
    expect(await mayProceed(pia, 'FRAUD-1', 9)).toMatchObject({ mayProceed: false, blockers: [{ code: 'no-such-step' }] })
    expect(await mayProceed(pia, 'NOPE-1', null)).toBeNull()
  })

  it('numbers decisions, finds them by their words, and tells the timeline', async () => {
    await must('release', release, { type: 'hold', reason: 'waits for the legal answer', checkInId: null }, pia)
    await must('release', release, { type: 'resume', reason: 'answered' }, pia)
    const { lines } = await decisionList({ q: 'LEGAL' })
    expect(lines.map((line) => [line.number, line.kind, line.code])).toEqual([[1, 'hold', 'FRAUD-1']])
    const timeline = await releaseTimeline('FRAUD-1', undefined)
    expect(timeline?.some((entry) => entry.words.includes('put the release on hold: waits for the legal answer') && entry.by === 'Pia')).toBe(true)
  })

  it('asks the deciders whether a decision held, lists what is due, and refuses to supersede it twice', async () => {
    const soon = new Date(Date.now() + 86_400_000).toISOString()
    const choice = (supersedes: number | null) => ({
      type: 'decide', kind: 'choice', title: 'Where to run', reason: 'near', options: [{ title: 'EU', pros: 'near', cons: '', isChosen: true }, { title: 'US', pros: '', cons: 'far', isChosen: false }], deciderIds: [omar.personId], consultedIds: [],
      informedIds: [dirk.personId], consequences: '', confirmation: { how: 'p95 after a month', dueAt: soon }, supersedes, checkInId: null, conditions: [], itemId: null, until: null, seen: null, context: 'SECRET-CONTEXT', drivers: ['SECRET-DRIVER'],
    })
    await must('release', release, choice(null), olga)
    const number = (await stateOf(release)).decisions.at(-1)?.number ?? 0
    expect((await decisionList({ confirmation: 'due' })).lines).toEqual([])
    expect((await decisionList({ confirmation: 'planned', person: dirk.personId })).lines).toMatchObject([{ number, how: 'p95 after a month', confirmAt: soon, isDue: false }])
    expect((await decisionList({ person: paul.personId })).lines).toEqual([])
    const due = new Date(Date.now() + 2 * 86_400_000)
    expect(await decisionList({ confirmation: 'due' }, due)).toMatchObject({ dueCount: 1, lines: [{ number, isDue: true }] })
    const asked = async (who: PersonActor, at = due) => (await workView(who, at)).groups.find((group) => group.key === 'confirm')?.lines.map((line) => line.href)
    expect(await asked(omar)).toEqual([`/releases/FRAUD-1/decisions/${number}`])
    expect(await asked(dirk)).toBeUndefined()
    expect((await workView(omar, new Date(due.getTime() + 8 * 86_400_000))).groups.find((group) => group.key === 'overdue')?.lines.some((line) => line.kind === 'decision')).toBe(true)
    await must('release', release, choice(number), dana)
    expect(await order('release', release, choice(number), olga)).toMatchObject({ ok: false, refusal: { code: 'exists', message: expect.stringContaining(`D-${number} is superseded by D-${number + 1} already (Dana, `) } })
    await must('release', release, { type: 'confirm-decision', number: number + 1, outcome: 'held', note: 'p95 is 180 ms', nextAt: null }, dirk)
    expect(await asked(omar)).toBeUndefined()
    expect((await decisionList({ standing: 'superseded' })).lines.map((line) => line.number)).toEqual([number])
    expect((await decisionList({ q: 'where', standing: 'in-force' })).lines).toMatchObject([{ number: number + 1, outcome: 'held', confirmAt: null }])
    // Page by page and back again, by columns and by words: each decision once, each neighbour where the page says.
    for (const q of ['', 'a']) {
      const all = (await decisionList({ q })).lines.map((line) => line.number)
      expect(all.length).toBeGreaterThan(3)
      const walk = async (before: number | null, way: 'next' | 'previous'): Promise<readonly (readonly number[])[]> => {
        const page = await decisionList({ q, limit: 3, before: before ?? undefined })
        const { from, to, total } = page.place
        expect([q, total, all.slice(from - 1, to)]).toEqual([q, all.length, page.lines.map((line) => line.number)])
        const on = page[way]
        return [page.lines.map((line) => line.number), ...(on === null ? [] : await walk(on, way))]
      }
      const there = await walk(null, 'next')
      expect([there.flat(), (await walk(there.at(-1)?.[0] === undefined ? null : (there.at(-1)?.[0] ?? 0) + 1, 'previous')).toReversed()]).toEqual([all, there])
      expect(await decisionList({ q, before: 1 })).toMatchObject({ lines: [], next: null, previous: 0, place: { from: 0, to: 0, total: all.length } })
    }
    expect((await releaseView(pia, release))?.decisions[0]).toMatchObject({ context: 'SECRET-CONTEXT', drivers: ['SECRET-DRIVER'], standing: 'held', checks: [{ by: { name: 'Dirk' }, note: 'p95 is 180 ms' }] })
    expect(JSON.stringify([await store.db.select().from(store.t.aggregate), await store.db.select().from(store.t.logEntry), await store.db.select().from(store.t.decisionRow)])).not.toMatch(/SECRET-|180 ms/)
  })

  it('groups what waits by what to do, sleeps what is snoozed, and asks a second team to agree', async () => {
    const action = id(8_101)
    await must('release', release, { type: 'add-action', actionId: action, title: 'Call the vendor', ownerId: dirk.personId, team: null, dueAt: new Date(Date.now() - 1000).toISOString(), checkInId: null }, olga)
    const groups = async (who: PersonActor, at = new Date()) => Object.fromEntries((await workView(who, at)).groups.map((group) => [group.key, group.lines.map((line) => line.title)]))
    expect((await groups(dirk)).overdue).toEqual(['Call the vendor'])
    await must('release', release, { type: 'snooze-action', actionId: action, until: new Date(Date.now() + 86_400_000).toISOString(), reason: 'SECRET-SNOOZE' }, dirk)
    expect(await groups(dirk)).toMatchObject({ snoozed: ['Call the vendor'] })
    expect((await groups(dirk)).overdue).toBeUndefined()
    expect((await groups(dirk, new Date(Date.now() + 2 * 86_400_000))).overdue).toEqual(['Call the vendor'])
    const work = await workView(dirk)
    expect(work.total).toBe(work.groups.reduce((sum, group) => sum + (group.key === 'snoozed' ? 0 : group.lines.length), 0))
    const itemId = readRelease(await stateOf(release), [], new Date()).gates.find((gate) => gate.gate.id === 'quality')?.unsettled[0]?.itemId ?? ''
    await must('release', release, { type: 'request-waiver', itemId, reason: 'no source', until: new Date(Date.now() + 86_400_000).toISOString() }, dana)
    expect((await groups(olga)).agree?.[0]).toContain(`Approve or end the waiver of ${itemId}`)
    expect((await groups(dana)).agree).toBeUndefined()
    await must('release', release, { type: 'approve-waiver', itemId }, olga)
    expect((await groups(olga)).agree).toBeUndefined()
    const digest = digestOf(await digestInput(dana, new Date(Date.now() - 86_400_000)))
    expect(digest.changed.map((line) => line.words)).toContain(`FRAUD-1: Olga approved the waiver of ${itemId}`)
    expect(digest.counts.reduce((sum, one) => sum + one.count, 0)).toBe((await workView(dana)).total)
    expect(await viewTestScore(store, MODEL)).toMatchObject({ score: 0, sections: [{ name: 'Data' }, { name: 'Model' }, { name: 'Infrastructure' }, { name: 'Monitoring' }], history: [{ code: null }] })
    expect(JSON.stringify([await store.db.select().from(store.t.aggregate), await store.db.select().from(store.t.actionRow)])).not.toContain('SECRET-SNOOZE')
  })

  it('leaves a log that verifies and gives every state back, also after an erasure', async () => {
    expect(await verifyChain(store)).toMatchObject({ verdict: 'sound' })
    expect(await verifyStates(store)).toEqual([])
    const { eraseTexts } = await import('@/db/aggregate')
    const note = (await stateOf(release)).items['3.1']?.note?.text
    const seal = note && 'sealed' in note ? note.sealed : ''
    expect(await eraseTexts(store, { hashes: [seal] }, new Date())).toEqual([seal])
    expect((await eraseTexts(store, { subjectId: dana.personId }, new Date())).length).toBeGreaterThan(0)
    expect(JSON.stringify(await store.db.select().from(store.t.freeText))).not.toContain('Dana')
    expect(await verifyChain(store)).toMatchObject({ verdict: 'sound' })
    expect((await releaseView(pia, release))?.gates.flatMap((g) => g.items).find((item) => item.id === '3.1')?.note?.text).toBe('[erased]')
  })

  it('gives two releases opened at once two codes', async () => {
    const [a, b] = await Promise.all([order('release', id(410), openCommand(id(302)), paul), order('release', id(411), openCommand(id(302)), omar)])
    const codes = [a, b].map((r) => (r.ok ? 'opened' : r.refusal.code)).toSorted()
    expect(codes).toEqual(['exists', 'opened'])
  })
})
