/** Signatures, verified by the specification's own library, through a change of the secret. */
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { v7 as uuid } from 'uuid'
import { keyRing } from '@/db/secret'
import type { Store } from '@/db/store'
import { freshMemory } from '@/db/testing/stores'
import { makeSigningSecret, OVERLAP_MS, signedLetter, signingSecrets } from './sign'

const ring = keyRing('a secret of at least thirty-two characters')
let store: Store
beforeEach(async () => { store = await freshMemory() })
afterEach(() => store.close())

test('an independent library verifies with the secret that was shown, and with no other', async () => {
  const id = uuid()
  const secret = await makeSigningSecret(store, ring, id, new Date())
  const letter = signedLetter({ hello: 'wörld' }, await signingSecrets(store, ring, id, new Date()), 'd-1', new Date())
  expect(new Webhook(secret).verify(letter.body, letter.headers)).toEqual({ hello: 'wörld' })
  expect(() => new Webhook(secret).verify(`${letter.body} `, letter.headers)).toThrow()
  expect(() => new Webhook(secret).verify(letter.body, { ...letter.headers, 'webhook-id': 'd-2' })).toThrow()
  const another = await makeSigningSecret(store, ring, uuid(), new Date())
  expect(() => new Webhook(another).verify(letter.body, letter.headers)).toThrow()
})

test('after a change both secrets verify for a day, then only the new one', async () => {
  const id = uuid()
  const changedAt = new Date()
  const old = await makeSigningSecret(store, ring, id, new Date(changedAt.getTime() - 1000))
  const fresh = await makeSigningSecret(store, ring, id, changedAt)
  const during = signedLetter({ n: 1 }, await signingSecrets(store, ring, id, changedAt), 'd-1', changedAt)
  expect(new Webhook(old).verify(during.body, during.headers)).toEqual({ n: 1 })
  expect(new Webhook(fresh).verify(during.body, during.headers)).toEqual({ n: 1 })
  const secrets = await signingSecrets(store, ring, id, new Date(changedAt.getTime() + OVERLAP_MS))
  const after = signedLetter({ n: 2 }, secrets, 'd-2', new Date())
  expect(new Webhook(fresh).verify(after.body, after.headers)).toEqual({ n: 2 })
  expect(() => new Webhook(old).verify(after.body, after.headers)).toThrow()
})

test('a destination without a secret signs nothing', async () => {
  expect(await signingSecrets(store, ring, uuid(), new Date())).toEqual([])
})
