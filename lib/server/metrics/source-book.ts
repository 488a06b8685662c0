/** The book of metrics sources: how each is reached, read from the store and kept for a few seconds, renewed at once when it changes. */
import 'server-only'
import { loadAggregate, revealTexts } from '@/db/aggregate'
import type { Store } from '@/db/store'
import { wordsOf } from '@/lib/domain/text'
import { listen } from '@/lib/server/bus'
import { processWide } from '@/lib/public/process-wide'
import type { Connection } from '@/lib/server/prometheus/connection'
import { authenticationOf, readSourceSecret, tlsOf } from '@/lib/server/prometheus/secret'

export interface KnownSource {
  readonly name: string
  readonly connection: Connection
  readonly scrapeIntervalSeconds: number
}

/** Finds a source by id; `null` when there is none, or it is archived. Thrown: broken I/O, or a secret that does not open. */
export type FindSource = (sourceId: string) => Promise<KnownSource | null>

const KEEP_MS = 10_000

interface Kept {
  readonly until: number
  readonly source: Promise<KnownSource | null>
}

/** Reads a source past the book. */
async function readSource(store: Store, sourceId: string): Promise<KnownSource | null> {
  const [loaded, words] = await Promise.all([loadAggregate(store, 'source', sourceId), revealTexts(store, [sourceId])])
  if (!loaded || loaded.state.archivedAt !== null) return null
  const { state } = loaded
  const secret = await readSourceSecret(store, state.secretId)
  const url = wordsOf(state.url, (hash) => words.get(hash))
  if (!URL.canParse(url)) return null
  const tls = tlsOf(secret)
  const headers = Object.fromEntries(state.headerNames.map((name) => [name, secret.headers[name] ?? '']))
  return {
    name: wordsOf(state.name, (hash) => words.get(hash)),
    connection: { url, auth: authenticationOf(state.auth, secret), headers, ...(tls === undefined ? {} : { tls }) },
    scrapeIntervalSeconds: state.scrapeIntervalSeconds,
  }
}

/** The book over a store, one per process. */
export function sourceBook(store: Store): FindSource {
  return processWide('source-book', () => {
    const kept = new Map<string, Kept>()
    listen(({ kind, id }) => { if (kind === 'source') kept.delete(id) })
    return async (sourceId: string) => {
      const known = kept.get(sourceId)
      if (known && known.until > Date.now()) return known.source
      const source = readSource(store, sourceId)
      kept.set(sourceId, { until: Date.now() + KEEP_MS, source })
      source.catch(() => kept.delete(sourceId))
      return source
    }
  })
}
