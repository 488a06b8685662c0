/** What a failed query may tell a log. */
import { afterAll, expect, it } from 'vitest'
import { inspect } from 'node:util'
import { conflictOf, loggable } from '@/db/conflict'
import { freshPglite } from '@/db/testing/stores'

const store = await freshPglite()
afterAll(() => store.close())

it('a failed query is logged with its text and its reason, and without the words that it carried', async () => {
  const row = { personId: 'p', emailLower: 'canary@example.org', passwordHash: 'scrypt canary', sessionVersion: 1, oidcIssuer: null, oidcSubject: null }
  await store.db.insert(store.t.credential).values(row).returning()
  const thrown: unknown = await store.db.insert(store.t.credential).values(row).returning().then(() => null, (error: unknown) => error)
  expect(inspect(thrown)).toContain('canary')
  const said = inspect(loggable(thrown))
  expect(said).toMatch(/23505[\s\S]*insert into "credential"/)
  expect(said).not.toContain('canary')
  expect(inspect(conflictOf(thrown))).toContain('canary')
  expect(String(loggable(conflictOf(thrown)))).toBe(String(loggable(thrown)))
  expect(loggable('words')).toBe('words')
})
