/** The API of the record: how it stands, checkpoints and keys, and evidence packs. */
import 'server-only'
import { z } from 'zod'
import { actorId, type Actor, type SystemActor } from '@/lib/domain/actor'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { scopeWords, type PackScope } from '@/lib/domain/evidence-pack/pack'
import { may } from '@/lib/domain/policy'
import type { ActionName } from '@/lib/domain/policy-table'
import { processWide } from '@/lib/public/process-wide'
import { makeCheckpoint } from '@/lib/server/checkpoint/checkpoint'
import { rotateKey } from '@/lib/server/checkpoint/keys'
import { signingNow } from '@/lib/server/checkpoint/start'
import { env } from '@/lib/server/env'
import { buildPack, type PackFiles } from '@/lib/server/evidence-pack/build'
import { TooMuch } from '@/lib/server/evidence-pack/gather'
import { streamOf, zipOf } from '@/lib/server/evidence-pack/zip'
import { execute } from '@/lib/server/execute'
import { rawStore } from '@/lib/server/raw-store'
import { checkRecord } from '@/lib/server/record-check'
import { publicKeys, recordView } from '@/lib/server/view/record'
import { operation, publicOperation, type Operation } from './operation'
import { Refused } from './problem'

const record = z.looseObject({ head: z.object({ seq: z.number(), hash: z.string() }) })
const instant = z.iso.datetime()
const scopeBody = z.union([
  z.strictObject({ release: z.string().min(1).max(80) }),
  z.strictObject({ from: instant, to: instant }).refine(({ from, to }) => from < to, { error: 'must end after it begins', path: ['to'] }),
])

function mustBeAllowed(actor: Actor, action: ActionName): void {
  const allowed = may(actor, action)
  if (allowed !== true) throw new Refused(allowed)
}

const readRecord = operation({
  id: 'read-record', method: 'GET', path: '/record', access: 'person', answer: record,
  summary: 'How the record stands: the last verification, the head of the log, signed checkpoints and public keys.',
  handle: async ({ actor }) => recordView(await rawStore(), actor),
})

const readKeys = publicOperation({
  id: 'read-record-keys', method: 'GET', path: '/record/keys',
  summary: 'The public keys that sign checkpoints, with their fingerprints: for whoever verifies an evidence pack, without signing in.',
  answer: z.array(z.looseObject({ id: z.string(), fingerprint: z.string(), publicKey: z.string() })),
  handle: async () => publicKeys(await rawStore()),
})

const check = operation({
  id: 'check-record', method: 'POST', path: '/record/check', access: 'person', answer: record,
  summary: 'Verifies the whole log and replays every aggregate, now.',
  async handle({ actor }) {
    mustBeAllowed(actor, 'record.check')
    await checkRecord()
    return recordView(await rawStore(), actor)
  },
})

const checkpoint = operation({
  id: 'make-checkpoint', method: 'POST', path: '/record/checkpoints', access: 'person', answer: record,
  summary: 'Signs the head of the log, and sends the checkpoint wherever checkpoints go.',
  async handle({ actor }) {
    mustBeAllowed(actor, 'record.checkpoint')
    if ((await makeCheckpoint(await signingNow(), 'asked')).length === 0) throw new Refused({ code: 'blocked', message: 'Nothing is recorded yet, so there is nothing to sign.' })
    return recordView(await rawStore(), actor)
  },
})

const replaceKey = operation({
  id: 'replace-record-key', method: 'POST', path: '/record/keys', access: 'person', answer: record,
  summary: 'Makes a new signing key, which the old one endorses. For thirty days both sign.',
  async handle({ actor, key }) {
    mustBeAllowed(actor, 'record.replace-key')
    const store = await rawStore()
    const { head } = await recordView(store, actor)
    if (head.seq === 0) throw new Refused({ code: 'blocked', message: 'Nothing is recorded yet; the first key is made with the first checkpoint.' })
    const made = await rotateKey(store, (await signingNow()).ring, new Date())
    await noted({ type: 'note-checkpoint-key', key: made.id, fingerprint: made.fingerprint }, actor, key)
    await makeCheckpoint(await signingNow(), 'key')
    return recordView(store, actor)
  },
})

const makePack = operation({
  id: 'make-evidence-pack', method: 'POST', path: '/evidence-packs', access: 'person', answer: 'file', body: scopeBody,
  summary: 'Makes the evidence pack of a release (`release`: its code) or of a period (`from`, `to`): a zip that verifies offline. That it was made, and for whom, enters the log.',
  async handle({ actor, body, key }) {
    const scope: PackScope = 'release' in body ? { kind: 'release', code: body.release } : { kind: 'period', from: new Date(body.from).toISOString(), to: new Date(body.to).toISOString() }
    mustBeAllowed(actor, scope.kind === 'release' ? 'evidence-pack.release' : 'evidence-pack.period')
    const pack = await built(scope)
    if (pack === null) return null
    await noted({ type: 'note-evidence-pack', about: scopeWords(scope), seq: pack.seq, manifest: pack.manifestHash }, actor, key)
    return new Response(streamOf(zipOf(pack.files)), {
      headers: { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${pack.name}.zip"`, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' },
    })
  },
})

/** One at a time: a pack is held in memory while it is made. */
async function built(scope: PackScope): Promise<PackFiles | null> {
  const queue = processWide<{ tail: Promise<unknown> }>('evidence-packs', () => ({ tail: Promise.resolve() }))
  const mine = queue.tail.then(async () => buildPack({ signing: await signingNow(), dataDir: env().dataDir }, scope))
  queue.tail = mine.catch(() => undefined)
  try {
    return await mine
  } catch (error) {
    if (error instanceof TooMuch) throw new Refused({ code: 'invalid', message: error.message })
    throw error
  }
}

const RECORD: SystemActor = { kind: 'system', name: 'record' }

/** What was done enters the log with the name of who asked for it. All notes are of one actor, so the caller's key counts for the caller only. */
async function noted(command: Readonly<Record<string, unknown>>, caller: Actor, key: string): Promise<void> {
  const result = await execute({ kind: 'installation', id: INSTALLATION_ID, command: { ...command, by: actorId(caller) }, actor: RECORD, key: `${actorId(caller)} ${key}` })
  if (!result.ok) throw new Refused(result.refusal)
}

export const recordOperations: readonly Operation[] = [readRecord, readKeys, check, checkpoint, replaceKey, makePack]
