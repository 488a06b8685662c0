/** `gatehouse checkpoint`: signs the head of the log, lists what was signed, shows or replaces the key, and holds the log against a checkpoint from outside. */
import { createPublicKey, verify as verifySignature } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { checkpointKeys, firstEntry, newestCheckpoints } from '@/db/checkpoint'
import { verifyChain } from '@/db/log'
import { openStore, type Store } from '@/db/store'
import { checkpointLine, groupedFingerprint } from '@/lib/domain/evidence-pack/statement'
import { config } from '@/lib/public/config'
import { CommandFault, type Command } from '@/bin/commands/command'
import { makeCheckpoint, signHead } from '@/lib/server/checkpoint/checkpoint'
import { factsOf, fingerprintOf, pemOf, rotateKey } from '@/lib/server/checkpoint/keys'
import { installationRing } from '@/lib/server/key-ring'

const OPTIONS = { list: { type: 'boolean' }, 'public-key': { type: 'boolean' }, 'replace-key': { type: 'boolean' }, check: { type: 'string', multiple: true } } as const
const Letter = z.object({ statement: z.string(), signature: z.string(), publicKey: z.string() })
const Statement = z.object({ seq: z.int().min(1), hash: z.string(), installation: z.string(), key: z.string() })

export const checkpoint: Command = {
  name: 'checkpoint',
  usage: '[--list | --public-key | --replace-key | --check FILE…]',
  summary: 'Signs the head of the log and prints it; or lists checkpoints, prints the public key, replaces the key, or holds the log against checkpoints from outside.',
  async run(words) {
    const options = optionsOf(words)
    const store = await openForReading()
    try {
      if (options.list) return await list(store)
      if (options['public-key']) return await showKey(store)
      if (options.check) return await hold(store, options.check)
    } finally {
      await store.close()
    }
    return options['replace-key'] ? replaceKey() : sign()
  },
}

function optionsOf(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS }).values
  } catch (error) {
    throw new CommandFault(error instanceof Error ? error.message : String(error))
  }
}

function openForReading(): Promise<Store> {
  return openStore(config().databaseUrl, { readOnly: true })
}

/** Null while the server has the database file. */
async function openForWriting(): Promise<Store | null> {
  return openStore(config().databaseUrl, { migrate: true }).catch(() => null)
}

async function list(store: Store): Promise<number> {
  for (const one of (await newestCheckpoints(store, 100)).toReversed()) console.log(`${one.at.toISOString()}  ${one.reason.padEnd(6)} ${checkpointLine({ seq: one.seq, hash: one.hash, key: one.keyId })}`)
  return 0
}

async function showKey(store: Store): Promise<number> {
  const newest = (await checkpointKeys(store)).at(-1)
  if (!newest) throw new CommandFault('There is no key yet; it is made with the first checkpoint.')
  console.error(`Fingerprint: ${groupedFingerprint(factsOf(newest).fingerprint)}`)
  process.stdout.write(pemOf(newest.publicKey))
  return 0
}

/** Exit code 1 when the log is not the one that a checkpoint saw, or when its signature does not fit. */
async function hold(store: Store, files: readonly string[]): Promise<number> {
  const known = new Set((await checkpointKeys(store)).map((key) => key.id))
  const first = await firstEntry(store)
  let isSound = true
  for (const file of files) {
    const letter = letterOf(file)
    const { seq, hash, key, installation } = letter.said
    const fault = !isSigned(letter, key) ? 'its signature does not fit' : installation !== first?.hash ? 'the log begins with another entry than the one that it names' : null
    const verdict = fault === null ? await verifyChain(store, { seq, hash }) : null
    isSound &&= verdict?.verdict === 'sound'
    console.log(`${file}: ${fault ?? JSON.stringify(verdict)}${known.has(key) ? '' : ` (key ${key}, which this installation does not know)`}`)
  }
  return isSound ? 0 : 1
}

function isSigned({ statement, signature, publicKey }: z.infer<typeof Letter>, key: string): boolean {
  if (fingerprintOf(publicKey).slice(0, 16) !== key) return false
  try {
    return verifySignature(null, Buffer.from(statement), createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' }), Buffer.from(signature, 'hex'))
  } catch {
    return false
  }
}

function letterOf(file: string): z.infer<typeof Letter> & { readonly said: z.infer<typeof Statement> } {
  try {
    const letter = Letter.parse(JSON.parse(readFileSync(path.resolve(process.env['GATEHOUSE_CALLED_FROM'] ?? '.', file), 'utf8')))
    return { ...letter, said: Statement.parse(JSON.parse(letter.statement)) }
  } catch {
    throw new CommandFault(`${file} is not a checkpoint.`)
  }
}

async function sign(): Promise<number> {
  const { checkpoints } = config()
  const writable = await openForWriting()
  const store = writable ?? (await openForReading())
  try {
    const signing = { store, ring: installationRing(), now: new Date(), outside: checkpoints }
    const made = await (writable ? makeCheckpoint : signHead)(signing, 'asked')
    if (made.length === 0) throw new CommandFault('Nothing is recorded yet, so there is nothing to sign.')
    const keys = await checkpointKeys(store)
    for (const { statement, signature, keyId } of made) console.log(JSON.stringify({ statement, signature, publicKey: keys.find((key) => key.id === keyId)?.publicKey }))
    if (!writable) console.error('The server has the database, so this checkpoint is printed and not kept. Keep it outside of this machine.')
    return 0
  } finally {
    await store.close()
  }
}

async function replaceKey(): Promise<number> {
  const store = await openForWriting()
  if (!store) throw new CommandFault('The server has the database. Replace the key under Settings, Record, or stop the server first.')
  try {
    if (!(await firstEntry(store))) throw new CommandFault('Nothing is recorded yet; the first key is made with the first checkpoint.')
    const { fingerprint } = await rotateKey(store, installationRing(), new Date())
    console.log(`The new key has the fingerprint ${groupedFingerprint(fingerprint)}. For thirty days the old one signs beside it; tell whoever verifies.`)
    return 0
  } finally {
    await store.close()
  }
}
