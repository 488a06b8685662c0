/** Hides which database is behind the product: opens it, and commits plans one after the other. */
import { join } from 'node:path'
import type { Committed, Plan } from '@/db/commit'
import { conflictOf, isTransient } from '@/db/conflict'
import type { Driver, Store } from '@/db/driver'

export type { Relay, Store } from '@/db/driver'

export interface OpenOptions {
  /** Bring the schema up to date first; otherwise an old one is refused. */
  readonly migrate?: boolean
  /** SQLite only: for `verify` and `backup` beside a running server. */
  readonly readOnly?: boolean
  /** Folder that holds `sqlite/` and `postgres/`; the product's own unless said. */
  readonly migrations?: string
}

/** Opens `file:path`, `:memory:` or `postgres://…`. Thrown: one sentence that says what is unsafe or wrong and what to do. */
export async function openStore(url: string, options: OpenOptions = {}): Promise<Store> {
  const folder = options.migrations ?? join(process.cwd(), 'db', 'migrations')
  const migrate = options.migrate ?? false
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { openPostgres } = await import('@/db/postgres')
    return storeOver(await openPostgres({ url, migrate, migrations: join(folder, 'postgres') }))
  }
  if (!url.startsWith('file:') && url !== ':memory:') throw new Error('DATABASE_URL must start with file: or postgres://')
  const { openSqlite } = await import('@/db/sqlite')
  const path = url.replace(/^file:(\/\/)?/, '')
  return storeOver(await openSqlite({ path, migrate, readOnly: options.readOnly ?? false, migrations: join(folder, 'sqlite') }))
}

const ATTEMPTS = 8

/** Puts the queue and the retries over a driver. */
export function storeOver(driver: Driver): Store {
  let tail: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return {
    ...driver,
    // One queue per process: without it, fifty writers on Postgres collide on the head and fall to a tenth of the speed.
    commit(plan) {
      waiting += 1
      const turn = tail.then(async () => {
        // a synchronous driver would otherwise empty the whole queue before the process answers anyone
        if (waiting > 1) await new Promise((resolve) => setImmediate(resolve))
        waiting -= 1
        return runPatiently(driver, plan)
      })
      tail = turn.catch(() => undefined)
      return turn
    },
  }
}

async function runPatiently(driver: Driver, plan: Plan): Promise<Committed> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await driver.run(plan)
    } catch (error) {
      if (!isTransient(error) || attempt === ATTEMPTS) throw conflictOf(error)
      await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * (1 + Math.random())))
    }
  }
}
