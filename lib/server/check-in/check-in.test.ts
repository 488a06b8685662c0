/** A check-in through the one write path on a real store: agenda from releases, what is taken is really there, minutes in the record and on their way to Slack. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { verifyChain, verifyStates } from '@/db/log'
import { projections } from '@/db/projections'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import type { Actor } from '@/lib/domain/actor'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { registry } from '@/lib/domain/registry'
import { id, SIX } from '@/lib/domain/release/testing/play'
import { ML_RELEASE_ID } from '@/lib/domain/template/shipped'
import { contexts } from '@/lib/server/context'
import { executeIn, type Call } from '@/lib/server/execute'
import { seedTemplates } from '@/lib/server/seed-templates'

const held = vi.hoisted((): { store: unknown } => ({ store: null }))
vi.mock('@/lib/server/raw-store', () => ({ rawStore: async () => held.store, closeStore: async () => undefined }))
const { checkInView, presenceView } = await import('@/lib/server/view/check-in')
const { checkInList, nextCheckInNote } = await import('@/lib/server/view/check-ins')
const { boardView } = await import('@/lib/server/view/board')
const { workView } = await import('@/lib/server/view/work')
const { turnCheckIns } = await import('@/lib/server/check-in/turn')
const { writeNote } = await import('@/lib/server/check-in/notes')
const { arrive, leave } = await import('@/lib/server/check-in/presence')

const setup: Actor = { kind: 'system', name: 'setup' }
const { pia, dana, olga, omar } = SIX
const [MODEL, TARGET, RELEASE, FIRST, NEXT] = [id(100), id(200), id(400), id(500), id(501)]
const PLAN = { title: 'SECRET weekly', startsAt: new Date().toISOString(), durationMinutes: 25, zone: 'Europe/Berlin', releaseIds: 'all', teams: ['product', 'ops'] }

let store: Store
let count = 0
const place = (call: Call) => executeIn({ store, contexts, foldings: registry, projections }, call)
const order = (kind: Call['kind'], target: string, command: unknown, actor: Actor) => place({ kind, id: target, command, actor, key: `k${(count += 1)}` })
async function must(kind: Call['kind'], target: string, command: unknown, actor: Actor): Promise<void> {
  const result = await order(kind, target, command, actor)
  if (!result.ok) throw new Error(`${JSON.stringify(command).slice(0, 80)}: ${result.refusal.message}`)
}
const code = async (command: unknown, actor: Actor = pia) => {
  const result = await order('check-in', FIRST, command, actor)
  return result.ok ? null : result.refusal.code
}
const look = async (target = FIRST) => (await checkInView(pia, target)) ?? raise()
function raise(): never {
  throw new Error('there is no such check-in')
}

beforeAll(async () => {
  store = await freshMemory()
  held.store = store
  await must('installation', INSTALLATION_ID, { type: 'set-up', name: 'Acme', admin: { id: pia.personId, name: 'Pia', email: 'pia@acme.example', memberships: pia.memberships } }, setup)
  await seedTemplates(new Date(), place)
  for (const one of [dana, olga, omar]) await must('person', one.personId, { type: 'register', name: one.name, email: `${one.name}@acme.example`, memberships: one.memberships, isAdmin: false }, setup)
  await must('model', MODEL, { type: 'register-model', slug: 'fraud', name: 'fraud-scorer', purpose: '', ownerTeam: 'data-science', codePrefix: 'FRAUD' }, dana)
  const behaviour = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }
  await must('model', MODEL, { type: 'add-version', versionId: id(301), label: '4.1.0', artefact: 'models:/fraud/1', digest: null, codeCommit: null, data: null, behaviour }, dana)
  await must('environment', TARGET, { type: 'add-environment', slug: 'prod-eu', name: 'production-eu', kind: 'cloud', orchestrator: 'kubernetes', sourceId: null, zone: 'Europe/Berlin' }, olga)
  await must('release', RELEASE, {
    type: 'open-release', modelId: MODEL, versionId: id(301), environmentId: TARGET, stagingEnvironmentId: null, templateId: ML_RELEASE_ID, risk: 'low', targetAt: null,
    claim: { memoryGiB: 24, cpuCores: 8, gpuCount: 0, gpuType: '', gpuMemoryGiB: 0, storageGiB: 40, peakPerSecond: 900, growthPercent: 40 },
    serving: { image: 'serve:1', runtime: 'triton', precision: 'fp16', batching: '8' }, evaluation: 'sha256:eval',
    steps: [{ share: 10, soakMinutes: 10, minimumRequests: 0 }, { share: 100, soakMinutes: 10, minimumRequests: 0 }],
    rollbackPlan: { way: 'switch-off', triggers: 'errors', deciderId: null, rehearsedAt: null, restoreMinutes: 5 }, feedback: { description: '', labelDelayDays: 14 },
    owners: {}, onCallId: null, panels: [], selectors: { candidate: {}, stable: {}, shareQuery: null },
  }, pia)
  await must('destination', id(600), { type: 'add-destination', kind: 'slack', name: 'ops channel', team: 'ops', eventKinds: ['minutes'], secretId: id(601), hint: 'hooks.slack.com/…' }, pia)
})
afterAll(() => store.close())

describe('a check-in through the one write path', () => {
  it('shows before the start the agenda that it starts with; the board counts the same lines', async () => {
    await must('check-in', FIRST, { type: 'schedule', ...PLAN, previousId: null }, pia)
    await must('check-in', FIRST, { type: 'add-topic', topicId: id(510), title: 'FRAUD-1: the data contract', releaseId: RELEASE, gateId: 'data' }, omar)
    const planned = await look()
    expect(planned.topics.map((topic) => [topic.kind, topic.href])).toEqual([['blocked', '/releases/FRAUD-1?gate=scope'], ['own', '/releases/FRAUD-1?gate=data']])
    expect(planned.topics.at(-1)?.title).toBe('the data contract')
    expect((await boardView(pia, {})).nextCheckIn).toMatchObject({ id: FIRST, name: 'SECRET weekly', isRunning: false, lines: planned.topics.length })
    expect((await checkInList(pia)).coming[0]?.lines).toBe(planned.topics.length)
    await must('check-in', FIRST, { type: 'start' }, pia)
    expect([(await boardView(pia, {})).nextCheckIn?.isRunning, await nextCheckInNote(store, new Date())]).toEqual([true, 'now'])
    const started = await look()
    expect(started.topics.map((topic) => topic.title)).toEqual(planned.topics.map((topic) => topic.title))
    expect(started.currentTopicId).toBe(started.topics[0]?.id)
  })

  it('offers what comes up while it runs', async () => {
    await must('release', RELEASE, { type: 'hold', reason: 'Legal is asked', checkInId: FIRST }, olga)
    const [line] = (await look()).fresh
    expect(line).toMatchObject({ kind: 'held', detail: expect.stringMatching(/^Legal is asked/) })
    expect(await code({ type: 'add-line', key: line?.key })).toBeNull()
    expect(await code({ type: 'add-line', key: line?.key })).toBe('exists')
    expect((await look()).fresh.some((one) => one.key === line?.key)).toBe(false)
  })

  it('takes what the release really has', async () => {
    expect(await code({ type: 'take', takenId: id(520), topicId: 'line-1', kind: 'decision', releaseId: RELEASE, reference: 'D-9' })).toBe('not-found')
    expect(await code({ type: 'take', takenId: id(521), topicId: 'line-1', kind: 'hold', releaseId: RELEASE, reference: 'D-1' }, olga)).toBeNull()
    expect(await code({ type: 'take', takenId: id(522), topicId: 'line-1', kind: 'sign-off', releaseId: RELEASE, reference: 'scope' })).toBe('not-found')
    expect(await code({ type: 'add-action', actionId: id(530), topicId: null, title: 'Ask legal again', ownerId: omar.personId, team: null, dueAt: null })).toBeNull()
    const work = JSON.stringify(await workView(omar))
    expect(work).toContain('Ask legal again')
    expect(work).toContain(`/check-ins/${FIRST}`)
  })

  it('knows who is in without writing anything into the record', async () => {
    const before = (await store.db.select().from(store.t.logEntry)).length
    arrive(FIRST, olga.personId, 'a', 'line-1', Date.now())
    expect((await presenceView(FIRST)).people).toEqual([{ id: olga.personId, name: 'Olga', team: 'ops', isHere: true, writesOn: 'line-1' }])
    arrive(FIRST, olga.personId, 'b', null, Date.now())
    leave(FIRST, olga.personId, 'a', Date.now())
    expect((await presenceView(FIRST)).people[0]).toMatchObject({ isHere: true, writesOn: null })
    leave(FIRST, olga.personId, 'b', Date.now())
    expect((await presenceView(FIRST)).people[0]?.isHere).toBe(false)
    expect((await store.db.select().from(store.t.logEntry)).length).toBe(before)
  })

  it('closes once although two people press at the same moment, and tells Slack once', async () => {
    await writeNote(store, FIRST, 'line-1', 'SECRET words of the meeting', omar.personId)
    await must('check-in', FIRST, { type: 'resolve-topic', topicId: 'line-1' }, omar)
    const codes = await Promise.all([code({ type: 'close' }), code({ type: 'close' }, omar)])
    expect(codes.toSorted()).toEqual(['closed', null].toSorted())
    const { minutes, status } = await look()
    expect(status).toBe('closed')
    expect(minutes?.markdown).toContain('> SECRET words of the meeting')
    expect(minutes?.hash).toBe(createHash('sha256').update(minutes?.markdown ?? '').digest('hex'))
    const sent = (await store.db.select().from(store.t.outbox)).map((row) => JSON.stringify(row.payload)).filter((row) => row.includes('minutes'))
    expect(sent).toHaveLength(1)
    expect(sent[0]).toContain(`/check-ins/${FIRST}`)
    expect(sent[0]).toContain('FRAUD-1 on hold: Legal is asked')
  })

  it('seals every word in the log, keeps the chain whole, and replays to the same states', async () => {
    const stored = JSON.stringify([await store.db.select().from(store.t.aggregate), await store.db.select().from(store.t.logEntry), await store.db.select().from(store.t.checkInRow)])
    expect(stored).not.toContain('SECRET')
    expect(await verifyChain(store)).toMatchObject({ verdict: 'sound' })
    expect(await verifyStates(store)).toEqual([])
  })

  it('brings back what was left open', async () => {
    await must('check-in', NEXT, { type: 'schedule', ...PLAN, title: 'Next', previousId: FIRST }, pia)
    const next = await look(NEXT)
    expect(next.previous?.id).toBe(FIRST)
    expect(next.topics.filter((topic) => topic.carried).map((topic) => topic.title)).toContain('the data contract')
    expect((await look()).next?.id).toBe(NEXT)
    // an action of the check-in itself is asked for until it is done
    expect(next.topics.find((topic) => topic.title === 'Ask legal again')).toMatchObject({ kind: 'action', who: ['Omar'], href: `/check-ins/${FIRST}` })
    await must('check-in', FIRST, { type: 'complete-action', actionId: id(530), note: 'asked' }, omar)
    expect((await look(NEXT)).topics.some((topic) => topic.title === 'Ask legal again')).toBe(false)
  })

  it('in writing opens, reminds once and closes by the clock; late answers stand below the minutes', async () => {
    const WRITTEN = id(502)
    const begin = Date.now() + 60_000
    const at = (hours: number) => new Date(begin + hours * 3_600_000)
    const turn = (hours: number) => turnCheckIns(store, at(hours), place)
    const messages = async () => (await store.db.select().from(store.t.outbox)).map((row) => JSON.stringify(row.payload)).filter((row) => row.includes('answers are due'))
    await must('check-in', WRITTEN, { type: 'schedule', ...PLAN, title: 'In writing', startsAt: at(0).toISOString(), answerBy: at(8).toISOString(), previousId: null }, pia)
    expect(await turn(-0.01)).toBe(0)
    expect(await turn(0.1)).toBe(1)
    expect((await look(WRITTEN)).status).toBe('running')
    expect((await look(WRITTEN)).answers.map((one) => [one.teamName, one.refusal === null])).toEqual([['Product', true], ['Ops', false]])
    await place({ kind: 'check-in', id: WRITTEN, command: { type: 'answer', answerId: id(540), team: 'product', conditions: '', actions: '', needs: 'A date from legal' }, actor: pia, key: 'w1', now: at(1) })
    expect([await turn(5.9), await messages()]).toEqual([0, []])
    expect([await turn(6.1), await turn(6.2)]).toEqual([1, 0])
    expect(await messages()).toHaveLength(1)
    expect((await messages())[0]).toContain('Ops has not answered yet.')
    expect(await turn(8.1)).toBe(1)
    const closed = await look(WRITTEN)
    expect(closed.status).toBe('closed')
    expect(closed.minutes?.markdown).toContain('> A date from legal')
    expect(closed.minutes?.markdown).toContain('Did not answer.')
    await must('check-in', WRITTEN, { type: 'answer', answerId: id(541), team: 'ops', conditions: 'Only after the freeze', actions: '', needs: '' }, olga)
    expect((await look(WRITTEN)).addenda.map((one) => one.text)).toEqual(['Answer of Ops, after the minutes were closed.\nConditions: Only after the freeze'])
    expect(await turn(9)).toBe(0)
    expect(await verifyStates(store)).toEqual([])
  })
})
