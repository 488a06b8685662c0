/** Hides how the credentials and header values of a source lie in their encrypted box. */
import 'server-only'
import { z } from 'zod'
import { putSecret, readSecret } from '@/db/secret'
import type { Store } from '@/db/store'
import type { AuthKind, TlsPart } from '@/lib/domain/source/state'
import { installationRing } from '@/lib/server/key-ring'
import { tlsFault, type TlsParts } from '@/lib/server/outbound-tls'
import type { Authentication } from './connection'

const secret = z.strictObject({
  user: z.string().max(200).exactOptional(),
  password: z.string().max(2000).exactOptional(),
  token: z.string().max(8000).exactOptional(),
  headers: z.record(z.string(), z.string().max(2000)).default({}),
  /** PEM; a bundle may hold several certificates. */
  ca: z.string().max(200_000).exactOptional(),
  certificate: z.string().max(50_000).exactOptional(),
  key: z.string().max(20_000).exactOptional(),
})

export type SourceSecret = z.infer<typeof secret>

/** The words in which credentials are given; a new line in a header would end it. */
export const sourceSecretSchema = secret.refine(
  (value) => [value.user, value.password, value.token, ...Object.values(value.headers)].every((text) => text === undefined || !/[\r\n\0]/.test(text)),
  'must not contain line breaks',
).superRefine((value, context) => {
  const fault = tlsFault(value)
  if (fault !== null) context.addIssue({ code: 'custom', message: fault })
})

const NOTHING: SourceSecret = { headers: {} }

/** Under which id the credentials lie among the secrets. */
export function rowOf(secretId: string): string {
  return `source ${secretId}`
}

/** Keeps credentials under a new id, before the command that names it. */
export async function keepSourceSecret(store: Store, secretId: string, value: SourceSecret): Promise<void> {
  await putSecret(store, installationRing(), rowOf(secretId), JSON.stringify(value))
}

/** The credentials behind an id. Thrown: `UnreadableSecret` when the box does not open (another GATEHOUSE_SECRET). */
export async function readSourceSecret(store: Store, secretId: string | null): Promise<SourceSecret> {
  if (secretId === null) return NOTHING
  const plain = await readSecret(store, installationRing(), rowOf(secretId))
  return plain === null ? NOTHING : secret.parse(JSON.parse(plain))
}

/** The way of signing in with these credentials; missing parts are empty, so that the source refuses them and says so. */
export function authenticationOf(kind: AuthKind, value: SourceSecret): Authentication {
  if (kind === 'basic') return { kind, user: value.user ?? '', password: value.password ?? '' }
  return kind === 'bearer' ? { kind, token: value.token ?? '' } : { kind: 'none' }
}

/** The parts of TLS among these credentials; `undefined` when there are none. */
export function tlsOf({ ca, certificate, key }: SourceSecret): TlsParts | undefined {
  if (ca === undefined && certificate === undefined) return undefined
  return { ...(ca === undefined ? {} : { ca }), ...(certificate === undefined || key === undefined ? {} : { certificate, key }) }
}

/** Which parts of TLS these credentials hold, for the record. */
export function tlsPartsOf(value: SourceSecret | null): readonly TlsPart[] {
  return [...(value?.ca === undefined ? [] : ['ca' as const]), ...(value?.certificate === undefined ? [] : ['client-certificate' as const])]
}
