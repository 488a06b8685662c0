/** Hides where the bytes of evidence lie: under DATA_DIR/files by content hash, written whole or not at all, beside a row that names them. */
import 'server-only'
import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { v7 as uuid } from 'uuid'
import { keepFile, storedFile, type StoredFile } from '@/db/stored-file'
import type { Store } from '@/db/store'

/** The largest stored file, in bytes. */
export const MOST_FILE_BYTES = 20 * 1024 * 1024

const HASH = /^[0-9a-f]{64}$/
// A name that ends up in a header and on a screen keeps no control or direction characters and no path.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"\\/:*?<>|]/gu

/** A file name fit to be shown and offered for saving. In: any text. Out: at most 160 characters, never empty. */
export function safeName(given: string): string {
  const name = given.normalize('NFC').replace(UNSAFE, ' ').replace(/\s+/g, ' ').replace(/^[. ]+/, '').trimEnd()
  return Array.from(name).slice(0, 160).join('').trimEnd() || 'file'
}

function placeOf(dataDir: string, hash: string): string {
  return path.join(dataDir, 'files', hash.slice(0, 2), hash)
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(() => true, () => false)
}

/**
 * Stores bytes once. In: the store, DATA_DIR, the bytes (not more than `MOST_FILE_BYTES`, checked by the caller), what they are called and who brings them.
 * Out: the row; the same bytes again keep their first name. The bytes are on the disk before the row names them.
 */
export async function putFile(store: Store, dataDir: string, bytes: Uint8Array, about: { name: string; mediaType: string; by: string; at: Date }): Promise<StoredFile> {
  const hash = createHash('sha256').update(bytes).digest('hex')
  const place = placeOf(dataDir, hash)
  if (!(await isThere(place))) {
    await mkdir(path.dirname(place), { recursive: true })
    const draft = `${place}.${uuid()}`
    try {
      const handle = await open(draft, 'wx', 0o600)
      try {
        await handle.writeFile(bytes)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(draft, place)
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
  }
  await keepFile(store, { hash, size: bytes.byteLength, name: safeName(about.name), mediaType: about.mediaType, createdBy: about.by, createdAt: about.at })
  const kept = await storedFile(store, hash)
  if (!kept) throw new Error(`The row of stored file ${hash} is missing after it was written.`)
  return kept
}

/** The bytes and the row of a stored file. Out: `null` when it is unknown or the hash is none. Throws when the row is there and the bytes are not what it says. */
export async function getFile(store: Store, dataDir: string, hash: string): Promise<{ readonly row: StoredFile; readonly bytes: Uint8Array<ArrayBuffer> } | null> {
  if (!HASH.test(hash)) return null
  const row = await storedFile(store, hash)
  if (!row) return null
  const bytes = new Uint8Array(await readFile(placeOf(dataDir, hash)))
  if (createHash('sha256').update(bytes).digest('hex') !== hash) throw new Error(`Stored file ${hash} is damaged on the disk.`)
  return { row, bytes }
}
