import { describe, expect, it } from 'vitest'
import { box, keyRing, putSecret, readSecret, renewSecrets, unbox } from '@/db/secret'
import { freshMemory } from '@/db/testing/stores'

describe('secrets at rest', () => {
  const ring = keyRing('a secret of the installation')

  it('opens what it sealed, for the same row only', () => {
    const boxed = box(ring, 'd1', 'https://hooks.example/ü')
    expect(boxed).not.toContain('hooks')
    expect(box(ring, 'd1', 'https://hooks.example/ü')).not.toBe(boxed)
    expect(unbox(ring, 'd1', boxed)).toBe('https://hooks.example/ü')
    expect(() => unbox(ring, 'd2', boxed)).toThrow()
    expect(() => unbox(ring, 'd1', boxed.slice(0, -3) + 'AAA')).toThrow()
    expect(() => unbox(keyRing('another'), 'd1', boxed)).toThrow('another GATEHOUSE_SECRET')
  })

  it('moves to a new secret', async () => {
    const store = await freshMemory()
    await putSecret(store, ring, 'd1', 'plain')
    const next = keyRing('a newer secret', ['a secret of the installation'])
    expect(await readSecret(store, next, 'd1')).toBe('plain')
    expect(await renewSecrets(store, next)).toBe(1)
    expect(await readSecret(store, keyRing('a newer secret'), 'd1')).toBe('plain')
    expect(await renewSecrets(store, next)).toBe(0)
    expect(await readSecret(store, next, 'none')).toBeNull()
    await store.close()
  })
})
