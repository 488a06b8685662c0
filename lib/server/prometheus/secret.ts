/** Hides how the credentials and header values of a source lie in their encrypted box. */
import 'server-only'
import { z } from 'zod'
import { keyRing, putSecret, readSecret, type KeyRing } from '@/db/secret'
import type { Store } from '@/db/store'
import type { AuthKind } from '@/lib/domain/source/state'
import { env } from '@/lib/server/env'
import type { Authentication } from './connection'

const secret = z.strictObject({
  user: z.string().max(200).exactOptional(),
  password: z.string().max(2000).exactOptional(),
  token: z.string().max(8000).exactOptional(),
  headers: z.record(z.string(), z.string().max(2000)).default({}),
})

export type SourceSecret = z.infer<typeof secret>

/** The words in which credentials are given; a new line in a header would end it. */
export const sourceSecretSchema = secret.refine(
  (value) => [value.user, value.password, value.token, ...Object.values(value.headers)].every((text) => text === undefined || !/[\r\n\0]/.test(text)),
  'must not contain line breaks',
)

const NOTHING: SourceSecret = { headers: {} }

function rowOf(secretId: string): string {
  return `source ${secretId}`
}

function ring(): KeyRing {
  return keyRing(env().secret)
}

/** Keeps credentials under a new id, before the command that names it. */
export async function keepSourceSecret(store: Store, secretId: string, value: SourceSecret): Promise<void> {
  await putSecret(store, ring(), rowOf(secretId), JSON.stringify(value))
}

/** The credentials behind an id. Thrown: when the box does not open (another GATEHOUSE_SECRET). */
export async function readSourceSecret(store: Store, secretId: string | null): Promise<SourceSecret> {
  if (secretId === null) return NOTHING
  const plain = await readSecret(store, ring(), rowOf(secretId))
  return plain === null ? NOTHING : secret.parse(JSON.parse(plain))
}

/** The way of signing in with these credentials; missing parts are empty, so that the source refuses them and says so. */
export function authenticationOf(kind: AuthKind, value: SourceSecret): Authentication {
  if (kind === 'basic') return { kind, user: value.user ?? '', password: value.password ?? '' }
  return kind === 'bearer' ? { kind, token: value.token ?? '' } : { kind: 'none' }
}
