/** What somebody can do who holds a pack: change it, and seal it again with a key of their own; for the tests of the verifier. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { digestOf, linkOf } from '@/db/chain'
import { statementText } from '@/lib/domain/evidence-pack/statement'

export type Files = ReadonlyMap<string, Buffer>

export interface Line {
  readonly seq: number
  readonly hash: string
  readonly body?: string
  readonly digest?: string
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

function objectOf(bytes: Buffer | undefined): Record<string, unknown> {
  const value: unknown = JSON.parse(bytes?.toString('utf8') ?? '{}')
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** The pack with one file changed or taken away. */
export function withFile(files: Files, name: string, change: (bytes: Buffer) => Buffer | null): Files {
  const changed = new Map(files)
  const after = change(Buffer.from(files.get(name) ?? []))
  if (after === null) changed.delete(name)
  else changed.set(name, after)
  return changed
}

/** The lines of the log's extract. */
export function linesOf(files: Files): readonly Line[] {
  const text = files.get('log/entries.ndjson')?.toString('utf8') ?? ''
  return text.trimEnd().split('\n').map((line) => {
    const { seq, hash, body, digest } = objectOf(Buffer.from(line))
    return { seq: Number(seq), hash: String(hash), ...(typeof body === 'string' ? { body } : {}), ...(typeof digest === 'string' ? { digest } : {}) }
  })
}

export function withLines(files: Files, lines: readonly Line[]): Files {
  return withFile(files, 'log/entries.ndjson', () => Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join('')))
}

/** Links lines anew from the first: whoever rewrites a log does this. */
export function chained(lines: readonly Line[]): readonly Line[] {
  let last = createHash('sha256').update('gatehouse-log/1').digest('hex')
  return lines.map((line, index) => {
    last = linkOf(index + 1, last, line.body === undefined ? (line.digest ?? '') : digestOf(line.body))
    return { ...line, seq: index + 1, hash: last }
  })
}

/** The pages' data with the hashes of the other log: who rewrites with care does this too. */
export function retold(files: Files, before: readonly Line[], after: readonly Line[]): Files {
  const hashes = new Map(before.map((line, index) => [line.hash, after[index]?.hash ?? line.hash]))
  const changed = new Map(files)
  for (const [name, bytes] of files) if (/^releases\/.*\.json$/.test(name)) changed.set(name, Buffer.from(bytes.toString('utf8').replace(/[0-9a-f]{64}/g, (hash) => hashes.get(hash) ?? hash)))
  return changed
}

export interface OwnKey {
  readonly id: string
  readonly fingerprint: string
  readonly publicKey: string
  sign(text: string | Buffer): string
}

export function ownKey(): OwnKey {
  const pair = generateKeyPairSync('ed25519')
  const der = pair.publicKey.export({ format: 'der', type: 'spki' })
  const fingerprint = sha256(der)
  return { id: fingerprint.slice(0, 16), fingerprint, publicKey: der.toString('base64'), sign: (text) => sign(null, Buffer.from(text), pair.privateKey).toString('hex') }
}

/** A signed statement about the lines' entry `seq`. */
export function statementOf(lines: readonly Line[], seq: number, key: OwnKey, at: string) {
  const statement = statementText({ at, hash: lines[seq - 1]?.hash ?? '', installation: lines[0]?.hash ?? '', key: key.id, seq })
  return { statement, signature: key.sign(statement), publicKey: key.publicKey }
}

/** Lists the files anew in the manifest; with a key also checkpoints, keys and signature are made anew, so that the pack is whole in itself. */
export function resealed(files: Files, key?: OwnKey, checkpointAt?: number): Files {
  const again = new Map(files)
  const lines = linesOf(files)
  const manifest = objectOf(files.get('manifest.json'))
  const at = String(manifest['asOf'])
  if (key) {
    again.set('log/checkpoints.json', Buffer.from(`${JSON.stringify({ checkpoints: [statementOf(lines, checkpointAt ?? lines.length, key, at)] })}\n`))
    again.set('keys.json', Buffer.from(`${JSON.stringify({ keys: [{ id: key.id, publicKey: key.publicKey, createdAt: at, endorsement: null }] })}\n`))
    Object.assign(manifest, { seq: lines.length, hash: lines.at(-1)?.hash, installation: lines[0]?.hash })
  }
  const listed = [...again].filter(([name]) => !name.startsWith('manifest.')).map(([name, bytes]) => ({ path: name, bytes: bytes.length, sha256: sha256(bytes) }))
  const text = Buffer.from(`${JSON.stringify({ ...manifest, files: listed }, null, 2)}\n`)
  again.set('manifest.json', text)
  if (key) again.set('manifest.sig.json', Buffer.from(`${JSON.stringify({ form: 'gatehouse-signature/1', key: key.id, over: 'manifest.json', publicKey: key.publicKey, signature: key.sign(text) })}\n`))
  return again
}
