/** Proves that each Node gets the build of better-sqlite3 that survives on it, and that the chosen one keeps what it is told. */
import { describe, expect, it } from 'vitest'
import { Database, needsNodeApi } from '@/db/sqlite-driver.mjs'

describe('the build of better-sqlite3', () => {
  it.each([['20.11.0', false], ['20.20.2', false], ['22.12.0', true], ['24.21.0', true], ['100.0.0', true]])('for Node %s goes over Node-API: %s', (version, expected) => {
    expect(needsNodeApi(version)).toBe(expected)
  })

  it('opens, binds and survives the collection of its statements', () => {
    const db = new Database(':memory:')
    db.exec('create table number (value integer)')
    // Dropped statements are what an unfit build dies of.
    for (let value = 0; value < 2000; value += 1) db.prepare('insert into number values (?)').run(value)
    expect(db.prepare('select count(*) as count from number').get()).toEqual({ count: 2000 })
    db.close()
  })
})
