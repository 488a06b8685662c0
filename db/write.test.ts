/** Conflicts are known across the instances of a module that one process has: the store is opened in one, commands are decided in another. */
import { expect, test, vi } from 'vitest'
import { AggregateConflict, IdempotencyConflict } from '@/db/write'

test('a conflict thrown by another instance of the module is one', async () => {
  vi.resetModules()
  const other = await import('@/db/write')
  expect(other.AggregateConflict).not.toBe(AggregateConflict)
  expect(new other.AggregateConflict('taken')).toBeInstanceOf(AggregateConflict)
  expect(new other.IdempotencyConflict('used')).toBeInstanceOf(IdempotencyConflict)
  expect(new other.IdempotencyConflict('used')).not.toBeInstanceOf(AggregateConflict)
  expect(new Error('taken')).not.toBeInstanceOf(AggregateConflict)
})
