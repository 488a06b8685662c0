/** The public picture over a real store: a canary (the word zebra) in every private column stays inside, and a change that the public may not see moves nothing. */
import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keepFeed } from '@/db/calendar-feed'
import { listDeliveries } from '@/db/outbox'
import { projections } from '@/db/projections'
import type { Store } from '@/db/store'
import { fillWithWord } from '@/db/testing/canary'
import { freshMemory } from '@/db/testing/stores'
import type { Actor, PersonActor } from '@/lib/domain/actor'
import { DEFAULT_TEAMS, INSTALLATION_ID } from '@/lib/domain/installation/state'
import { messageSchema } from '@/lib/domain/message/message'
import { INTERNAL_FIELDS, PUBLIC_FIELDS } from '@/lib/domain/model/publication'
import { registry } from '@/lib/domain/registry'
import { ML_RELEASE_ID } from '@/lib/domain/template/shipped'
import { statusDocuments } from '@/lib/public/status-documents'
import { latestStatus, takeStatus } from '@/lib/public/status-feed'
import { readStyles } from '@/lib/public/status-html'
import { statusPages } from '@/lib/public/status-pages'
import { contexts } from '@/lib/server/context'
import { writeNote } from '@/lib/server/check-in/notes'
import { executeIn } from '@/lib/server/execute'
import { seedTemplates } from '@/lib/server/seed-templates'
import { keysFrom } from './keys'
import { renewStatus } from './start'

const CODE = 'k3yk3yk3yk3yk3yk3yk3yk3yk3yk3yk3yk3yk3yk3yk'
function read(found: ReturnType<ReturnType<typeof statusPages>['answer']>) {
  if (found === null || found === 'missing') throw new Error(`a page is ${String(found)}`)
  return found
}
const KEYS = keysFrom('a secret of at least thirty-two characters')
const [personId, modelId, stableId, candidateId, environmentId, stagingId, releaseId, checkInId] = [uuid(), uuid(), uuid(), uuid(), uuid(), uuid(), uuid(), uuid()]
const mara: PersonActor = { kind: 'person', personId, name: 'Zebra Person', isAdmin: true, delegatedBy: [], memberships: DEFAULT_TEAMS.map((team) => ({ team: team.id, role: 'lead' })) }
const setup: Actor = { kind: 'system', name: 'setup' }
const behaviour = { prompt: 'zebra prompt', tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }

let store: Store
const order = async (kind: Parameters<typeof executeIn>[1]['kind'], id: string, command: unknown, actor: Actor = mara) => {
  const result = await executeIn({ store, contexts, foldings: registry, projections }, { kind, id, command, actor, key: uuid() })
  if (!result.ok) throw new Error(`${JSON.stringify(command)}: ${result.refusal.message}`)
}
const publish = (fields: readonly string[], environments = [{ environmentId, name: 'Europe' }]) =>
  order('model', modelId, { type: 'publish-model', publication: { name: 'Churn ranker', fields, environments } })
const renewed = (isByClock = false) => renewStatus(store, KEYS, new Date(), isByClock)

beforeAll(async () => {
  store = await freshMemory()
  await order('installation', INSTALLATION_ID, { type: 'set-up', name: 'Zebra Inc', admin: { id: personId, name: 'Zebra Person', email: 'zebra@example.org', memberships: mara.memberships } }, setup)
  await seedTemplates(new Date(), (call) => executeIn({ store, contexts, foldings: registry, projections }, call))
  await order('destination', uuid(), { type: 'add-destination', kind: 'slack', name: 'zebra channel', team: null, eventKinds: ['opened', 'hold', 'gate-waiting'], secretId: uuid(), hint: 'zebra-hint' })
  await order('model', modelId, { type: 'register-model', slug: 'zebra-model', name: 'Zebra Model', purpose: 'zebra purpose', ownerTeam: 'data-science', codePrefix: 'ZEBRA' })
  for (const [versionId, label] of [[stableId, '2.8.4'], [candidateId, '2.9.0']]) {
    await order('model', modelId, { type: 'add-version', versionId, label, artefact: `models:/zebra/${label === '2.8.4' ? 7 : 8}`, digest: null, codeCommit: null, data: null, behaviour })
  }
  for (const [id, slug] of [[environmentId, 'zebra-env'], [stagingId, 'zebra-staging']]) {
    await order('environment', id ?? '', { type: 'add-environment', slug, name: `Zebra ${slug}`, kind: 'cloud', orchestrator: 'kubernetes', sourceId: null, zone: 'UTC' })
  }
  await order('live', `${modelId}:${environmentId}`, { type: 'adopt', versionId: stableId, since: '2026-01-01T00:00:00Z', note: 'zebra note' })
  await order('release', releaseId, {
    type: 'open-release', modelId, versionId: candidateId, environmentId, stagingEnvironmentId: stagingId, templateId: ML_RELEASE_ID, risk: 'low', targetAt: '2030-01-01T00:00:00Z',
    claim: { memoryGiB: 1, cpuCores: 1, gpuCount: 0, gpuType: 'zebra-gpu', gpuMemoryGiB: 0, storageGiB: 1, peakPerSecond: 1, growthPercent: 0 },
    serving: { image: 'zebra:1', runtime: 'zebra', precision: 'fp16', batching: '1' }, evaluation: 'zebra-eval', steps: [{ share: 10, soakMinutes: 1, minimumRequests: 1 }, { share: 100, soakMinutes: 1, minimumRequests: 1 }],
    rollbackPlan: { way: 'last-stable', triggers: 'zebra trigger', deciderId: null, rehearsedAt: null, restoreMinutes: 5 }, feedback: { description: 'zebra loop', labelDelayDays: 1 },
    owners: {}, onCallId: null, panels: [], selectors: { candidate: { app: 'zebra' }, stable: {}, shareQuery: null },
  })
  await order('release', releaseId, { type: 'hold', reason: 'zebra reason', checkInId: null })
  await order('check-in', checkInId, { type: 'schedule', title: 'zebra weekly', startsAt: new Date().toISOString(), durationMinutes: 25, zone: 'UTC', releaseIds: 'all', teams: ['ops'], previousId: null })
  await order('check-in', checkInId, { type: 'add-topic', topicId: checkInId, title: 'zebra topic', releaseId: null, gateId: null })
  await order('check-in', checkInId, { type: 'start' })
  await order('series', uuid(), { type: 'start-series', plan: { title: 'zebra series', rhythm: { kind: 'weekly', days: [1], everyWeeks: 1 }, firstDate: '2030-01-01', lastDate: null, time: '10:00', zone: 'UTC', durationMinutes: 25, scope: { kind: 'all' }, teams: ['ops'], onHoliday: 'skip' } })
  await order('installation', INSTALLATION_ID, { type: 'add-holidays', holidays: [{ date: '2030-12-25', name: 'zebra day', teams: 'all' }] })
  await keepFeed(store, { id: 'zebra-feed', personId, about: 'zebra', hash: 'zebra', createdAt: new Date() })
  await writeNote(store, checkInId, checkInId, 'zebra words of a meeting', personId)
})
afterAll(() => store.close())
beforeEach(() => publish([...PUBLIC_FIELDS]))

test('no canary is in any public document, headers included', async () => {
  await renewed(true)
  const snapshot = latestStatus()
  if (!snapshot) throw new Error('no picture')
  const documents = statusDocuments(snapshot, readStyles(), 'https://gate.example', new Date())
  expect(documents.size).toBe(15)
  for (const [path, { variants }] of documents) {
    expect(`${path} ${variants.identity.body.toString()} ${JSON.stringify(variants.identity.head)}`).not.toMatch(/zebra/i)
    for (const id of [personId, modelId, stableId, candidateId, environmentId, stagingId, releaseId, checkInId]) expect(variants.identity.body.toString()).not.toContain(id)
  }
  const page = documents.get('/status')?.variants.identity.body.toString() ?? ''
  for (const word of ['Churn ranker', 'Europe', '2.8.4', 'Churn ranker 2.9.0 is on hold', 'preparing']) expect(page).toContain(word)
  const stored = JSON.stringify(await Promise.all([store.t.aggregate, store.t.freeText, store.t.modelRow, store.t.noteDraft].map((table) => store.db.select().from(table))))
  expect(stored.match(/zebra/gi)?.length).toBeGreaterThan(20) // they are there, only not outside
})

test('no canary of the new tables is outside either, nor on the internal page beyond its fields', async () => {
  const [about, hidden, gone] = [uuid(), uuid(), uuid()]
  const written = { about: null, impact: 'minor', status: 'investigating', places: [{ modelId, environmentId }], startedAt: null }
  await order('incident', about, { type: 'open-incident', ...written, audience: 'public', title: 'Slow answers', text: 'We look into it.' })
  await order('incident', hidden, { type: 'open-incident', ...written, audience: 'internal', title: 'zebra inside', text: 'zebra update' })
  await order('incident', gone, { type: 'open-incident', ...written, audience: 'public', title: 'zebra mistake', text: 'zebra words' })
  await order('incident', gone, { type: 'withdraw-incident', reason: 'zebra reason' })
  await order('installation', INSTALLATION_ID, { type: 'set-status-link', hash: createHash('sha256').update(CODE).digest('hex') })
  await order('model', modelId, { type: 'publish-model-internally', publication: { name: 'Churn ranker', fields: [...PUBLIC_FIELDS], environments: [{ environmentId, name: 'Europe' }] } })
  await store.db.insert(store.t.statusSubscriber).values({ id: 'zebra-subscriber', channel: 'email', addressHash: 'zebra', boxed: 'zebra', isConfirmed: true, confirmHash: null, endHash: 'zebra', createdAt: new Date(), confirmBy: new Date(), confirmedAt: new Date() }).returning({ id: store.t.statusSubscriber.id })
  await store.db.insert(store.t.keptIncident).values({ key: 'hold zebra-key 1', kind: 'hold', modelId, environmentId: uuid(), label: 'zebra-label', toLabel: 'zebra', share: null, startedAt: new Date(), resolvedAt: new Date() }).returning({ key: store.t.keptIncident.key })
  await renewed(true)
  const snapshot = latestStatus()
  if (!snapshot) throw new Error('no picture')
  const pages = statusPages(readStyles(), 'https://gate.example')
  const outside = [...statusDocuments(snapshot, readStyles(), 'https://gate.example', new Date()).values()]
  const ids = snapshot.status.incidents.map((one) => one.id)
  for (const path of ['/status/history', ...ids.map((id) => `/status/incidents/${id}`)]) outside.push(read(pages.answer(path, 'zone=Asia/Tokyo', new Date())))
  for (const document of outside) expect(document.variants.identity.body.toString() + JSON.stringify(document.variants.identity.head)).not.toMatch(/zebra/i)
  expect(outside.some((document) => document.variants.identity.body.toString().includes('Slow answers'))).toBe(true)
  const inside = (path = '') => read(pages.answer(`/status/internal/${CODE}${path}`, '', new Date())).variants.identity.body.toString()
  expect(inside()).toContain('zebra inside') // written for that page
  expect(inside().replaceAll(/zebra (inside|update)/g, '')).not.toMatch(/zebra/i)
  await order('model', modelId, { type: 'publish-model-internally', publication: { name: 'Churn ranker', fields: [...INTERNAL_FIELDS], environments: [{ environmentId, name: 'Europe' }] } })
  await renewed(true)
  for (const word of ['ZEBRA-1', 'Reason: zebra reason', 'On hold for']) expect(inside()).toContain(word)
  const more = inside().replaceAll(/zebra (inside|update|reason)|ZEBRA-1/g, '')
  expect(more).not.toMatch(/zebra/i)
  for (const id of [personId, modelId, stableId, candidateId, environmentId, stagingId, releaseId, about, hidden]) expect(more).not.toContain(id)
  const stored = JSON.stringify(await Promise.all([store.t.freeText, store.t.statusSubscriber, store.t.keptIncident].map((table) => store.db.select().from(table))))
  for (const word of ['zebra mistake', 'zebra-subscriber', 'zebra-label']) expect(stored).toContain(word)
  await order('installation', INSTALLATION_ID, { type: 'revoke-status-link' })
  await renewed()
  expect(pages.answer(`/status/internal/${CODE}`, '', new Date())).toBe('missing')
})

/** Tables from which the page is made, whose rows are parsed: the canaries above lie in what commands wrote into them. */
const PARSED = new Set(['aggregate', 'log_entry', 'log_head', 'live_day', 'kept_incident', 'incident_row'])

test('no canary of any other table is outside, whichever a later migration adds', async () => {
  const other = await freshMemory()
  const filled = fillWithWord(other, 'zebra', PARSED)
  expect(filled.length).toBeGreaterThan(100)
  const mine = store
  store = other
  try {
    await order('installation', INSTALLATION_ID, { type: 'set-up', name: 'Zebra Inc', admin: { id: personId, name: 'Zebra Person', email: 'zebra@example.org', memberships: mara.memberships } }, setup)
    await order('installation', INSTALLATION_ID, { type: 'set-status-link', hash: createHash('sha256').update(CODE).digest('hex') })
    await order('model', modelId, { type: 'register-model', slug: 'zebra-model', name: 'Zebra Model', purpose: 'zebra purpose', ownerTeam: 'data-science', codePrefix: 'ZEBRA' })
    await order('environment', environmentId, { type: 'add-environment', slug: 'zebra-env', name: 'Zebra', kind: 'cloud', orchestrator: 'kubernetes', sourceId: null, zone: 'UTC' })
    await publish([...PUBLIC_FIELDS])
    await order('model', modelId, { type: 'publish-model-internally', publication: { name: 'Churn ranker', fields: [...INTERNAL_FIELDS], environments: [{ environmentId, name: 'Europe' }] } })
    await renewed(true)
    const snapshot = latestStatus()
    if (!snapshot) throw new Error('no picture')
    const pages = statusPages(readStyles(), 'https://gate.example')
    const answers = [...statusDocuments(snapshot, readStyles(), 'https://gate.example', new Date()).values(), ...['/status/history', `/status/internal/${CODE}`, `/status/internal/${CODE}/history`].map((path) => read(pages.answer(path, 'zone=Asia/Tokyo', new Date())))]
    for (const { variants } of answers) expect(variants.identity.body.toString() + JSON.stringify(variants.identity.head)).not.toMatch(/zebra/i)
    expect(answers.filter(({ variants }) => variants.identity.body.toString().includes('Churn ranker')).length).toBeGreaterThan(4)
  } finally {
    store = mine
    await other.close()
  }
})

test('what the product found stays as history when it is over, and its end is told', async () => {
  await renewed(true)
  const going = latestStatus()?.status.incidents.find((one) => one.kind === 'hold')
  expect(going).toMatchObject({ name: 'Churn ranker 2.9.0 is on hold', resolvedAt: null })
  await order('release', releaseId, { type: 'resume', reason: 'zebra' })
  await renewed()
  expect(latestStatus()?.status.incidents.find((one) => one.id === going?.id)).toMatchObject({ name: 'Churn ranker 2.9.0 was on hold', status: 'resolved' })
  await order('release', releaseId, { type: 'hold', reason: 'zebra reason', checkInId: null })
  await renewed()
  expect(latestStatus()?.status.incidents.filter((one) => one.kind === 'hold').map((one) => one.status)).toEqual(['monitoring', 'resolved'])
})

test('a change that the public may not see hands nothing over; one that it may see does, at once', async () => {
  await renewed()
  const before = latestStatus()
  const heard: string[] = []
  takeStatus((snapshot) => heard.push(snapshot.asOf))
  await order('release', releaseId, { type: 'comment', commentId: uuid(), gateId: null, itemId: null, text: 'zebra comment', mentions: [] })
  await renewed()
  expect(latestStatus()).toBe(before)
  expect(heard).toHaveLength(1) // the newest one, at the beginning
  await publish(['version'])
  await renewed()
  expect(heard).toHaveLength(2)
  expect(JSON.stringify(latestStatus())).not.toContain('on hold')
  await order('model', modelId, { type: 'publish-model', publication: null })
  await renewed()
  expect(latestStatus()?.status.components).toEqual([])
})

test('while the database is gone the last picture stays, with its instant', async () => {
  await renewed(true)
  const before = latestStatus()
  const gone = await freshMemory()
  await gone.close()
  await expect(renewStatus(gone, KEYS, new Date(), true)).rejects.toThrow()
  expect(latestStatus()).toBe(before)
})

test('the commands put their messages into the outbox, with the sentence and the link', async () => {
  const told = (await listDeliveries(store, { limit: 50 })).map((one) => messageSchema.parse(one.payload))
  const hold = told.find((one) => one.eventKind === 'hold')
  expect(hold).toMatchObject({ title: 'ZEBRA-1 Zebra Model 2.9.0 → Zebra zebra-env: on hold', path: '/releases/ZEBRA-1' })
  expect(hold?.whatChanged).toBe('Zebra Person put it on hold: zebra reason')
  expect(hold?.sentence).toContain('On hold')
  expect(told.some((one) => one.whatChanged.includes('Zebra Person opened the release.'))).toBe(true)
})
