/** Makes the log's extract: the whole chain, with the bodies of what belongs to the pack and of everything else only the digest. */
import 'server-only'
import { z } from 'zod'
import { digestOf, firstHashOf, linkOf } from '@/db/chain'
import { type ExtractRow, logPages, wordsBehind } from '@/db/log-extract'
import type { Store } from '@/db/store'

export interface Extract {
  readonly entries: Buffer
  readonly words: Buffer
  /** The shown entries, oldest first. */
  readonly shown: readonly ExtractRow[]
  /** Seals of what was erased. */
  readonly erased: number
}

const SEALED = /"sealed":"([0-9a-f]{64})"/g

/** In: up to which entry, and which entries are shown. Entries of the first form are always shown, because their links rest on the body itself (decision 031). */
export async function extractOf(store: Store, upTo: number, isOwn: (row: ExtractRow) => boolean): Promise<Extract> {
  const pages: Buffer[] = []
  const shown: ExtractRow[] = []
  const seals = new Set<string>()
  for await (const rows of logPages(store, upTo)) {
    const lines = rows.map((row) => {
      const { seq, prevHash, body, hash } = row
      const digest = digestOf(body)
      if (!isOwn(row) && (linkOf(seq, prevHash, digest) === hash || firstHashOf(seq, prevHash, body) !== hash)) return JSON.stringify({ seq, hash, digest })
      if (isOwn(row)) shown.push(row)
      for (const [, seal] of body.matchAll(SEALED)) if (seal !== undefined) seals.add(seal)
      return JSON.stringify({ seq, hash, body })
    })
    pages.push(Buffer.from(`${lines.join('\n')}\n`))
  }
  const words = await wordsBehind(store, [...seals].sort())
  const isErased = words.filter((one) => one.text === null || one.salt === null)
  const told = words.map((one) => JSON.stringify(one.text === null || one.salt === null ? { seal: one.hash, erased: one.erasedAt?.toISOString() ?? '' } : { seal: one.hash, salt: one.salt, text: one.text }))
  return { entries: Buffer.concat(pages), words: Buffer.from(told.map((line) => `${line}\n`).join('')), shown, erased: isErased.length }
}

const About = z.object({ event: z.looseObject({ type: z.string() }) })

/** The event of a shown entry. */
export function eventOf(row: ExtractRow): z.infer<typeof About>['event'] {
  return About.parse(JSON.parse(row.body)).event
}
