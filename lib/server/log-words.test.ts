/** A log cannot be erased: whatever was thrown is told without the parameters of a query, from pages and from every job in the background. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { inspect } from 'node:util'
import { afterAll, expect, it, vi } from 'vitest'
import { freshPglite } from '@/db/testing/stores'
import { onRequestError } from '@/instrumentation'

const ROOT = process.cwd()
const store = await freshPglite()
afterAll(() => store.close())

it('a page whose query fails is told with its route and reason, and with nothing that was asked', async () => {
  vi.stubEnv('NEXT_RUNTIME', 'nodejs')
  const said: unknown[] = []
  const complain = vi.spyOn(console, 'error').mockImplementation((...words) => void said.push(...words))
  const row = { personId: 'p', emailLower: 'canary@example.org', passwordHash: 'scrypt canary', sessionVersion: 1, oidcIssuer: null, oidcSubject: null }
  await store.db.insert(store.t.credential).values(row).returning()
  const thrown: unknown = await store.db.insert(store.t.credential).values(row).returning().then(() => null, (error: unknown) => error)
  expect(inspect(thrown)).toContain('canary')
  const place = { routerKind: 'App Router', routePath: '/reset/[code]', routeType: 'render', renderSource: 'server-rendering', revalidateReason: undefined } as const
  await onRequestError(thrown, { path: '/reset/canary-code', method: 'GET', headers: { cookie: 'gatehouse.session=canary' } }, place)
  const words = inspect(said, { depth: 9 })
  expect(words).toMatch(/\/reset\/\[code\] could not be answered[\s\S]*23505/)
  expect(words).not.toContain('canary')
  complain.mockRestore()
  vi.unstubAllEnvs()
})

/** Lines that hand what was thrown to a log as it is. */
function careless(file: string): readonly string[] {
  const told = /\b(?:console|log)\.(?:error|warn)\((.*)/
  return readFileSync(path.join(ROOT, file), 'utf8').split('\n').filter((line) => /[\s({,:]error\s*[,)}]/.test(told.exec(line.replaceAll(/'[^']*'/g, ''))?.[1] ?? '') && !line.includes('loggable(')).map((line) => `${file}: ${line.trim()}`)
}

it('every log of what was thrown goes through `loggable`', () => {
  const files = ['lib/server', 'lib/boot.ts', 'lib/public', 'db'].flatMap((top) => (top.endsWith('.ts') ? [top] : readdirSync(path.join(ROOT, top), { recursive: true, encoding: 'utf8' }).map((file) => path.join(top, file))))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes(`${path.sep}testing${path.sep}`))
  expect(files.flatMap(careless)).toEqual([])
})
