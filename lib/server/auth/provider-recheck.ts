/** Hides how the groups of people who came by the identity provider are asked again while they are signed in: by the refresh token that it gave. */
import 'server-only'
import { z } from 'zod'
import { endSessions, signedInByProvider } from '@/db/access'
import { dropSecret, putSecret, readSecret } from '@/db/secret'
import type { Store } from '@/db/store'
import { arriveFromProvider, type Identity } from '@/lib/server/auth/provider-sign-in'
import { env } from '@/lib/server/env'
import { installationRing } from '@/lib/server/key-ring'
import { callOut } from '@/lib/server/outbound'

const Kept = z.strictObject({ token: z.string(), checkedAt: z.number() })
const Discovery = z.looseObject({ token_endpoint: z.url({ protocol: /^https?$/ }), userinfo_endpoint: z.url({ protocol: /^https?$/ }).optional() })
const Renewed = z.looseObject({ access_token: z.string(), id_token: z.string().optional(), refresh_token: z.string().optional() })
const Claims = z.looseObject({ sub: z.string() })

const secretId = (personId: string) => `oidc ${personId}`

/** Who somebody is by what the provider said of them; `null` when no provider is set up. */
export function identityOf(subject: string, profile: object): Identity | null {
  const { oidc } = env()
  if (!oidc) return null
  const claims = new Map<string, unknown>(Object.entries(profile))
  const name = claims.get('name') ?? claims.get('preferred_username')
  return { issuer: oidc.issuer, subject, name: typeof name === 'string' ? name : '', groups: claims.get(oidc.groupsClaim) }
}

/** Keeps a refresh token, encrypted; the groups were read at this instant. */
export async function keepRefreshToken(store: Store, personId: string, token: string, now: Date): Promise<void> {
  await putSecret(store, installationRing(), secretId(personId), JSON.stringify({ token, checkedAt: now.getTime() }))
}

/** What came of one look: nothing was due, roles follow the groups, the provider knows them no more, or it could not be asked. */
export type Recheck = 'not-due' | 'followed' | 'gone' | 'unreachable'

/**
 * Asks the provider again about everybody who is signed in by it and was not asked within the time. Groups become roles at once;
 * who is known no more loses their sessions. A provider that cannot be reached changes nothing and is asked again at the next turn.
 * In: the instant, the time in ms. Out: what came of it for each person with a refresh token.
 */
export async function recheckProvider(store: Store, now: Date, everyMs: number): Promise<readonly Recheck[]> {
  const { oidc } = env()
  if (!oidc) return []
  const found: Recheck[] = []
  for (const { personId, subject } of await signedInByProvider(store, oidc.issuer, now)) {
    // Sealed under a secret that is no more, or damaged: like a provider that gave none, until the next sign-in.
    const kept = await readSecret(store, installationRing(), secretId(personId)).then((box) => Kept.safeParse(parsed(box ?? '')).data ?? null, () => null)
    if (kept === null) continue
    found.push(now.getTime() - kept.checkedAt < everyMs ? 'not-due' : await recheckOne(store, personId, subject, kept, now))
  }
  return found
}

async function recheckOne(store: Store, personId: string, subject: string, kept: z.infer<typeof Kept>, now: Date): Promise<Recheck> {
  const answer = await renew(kept.token)
  if (answer === 'unreachable') return 'unreachable'
  if (answer === 'refused') return gone(store, personId)
  const claims = Claims.safeParse(answer.claims)
  // The old token may have died with its use: the new one is kept before anything else can fail.
  await keepRefreshToken(store, personId, answer.refreshToken ?? kept.token, claims.success ? now : new Date(kept.checkedAt))
  if (!claims.success) return 'unreachable'
  const identity = identityOf(subject, claims.data)
  if (claims.data.sub !== subject || !identity || (await arriveFromProvider(store, identity)) !== personId) return gone(store, personId)
  return 'followed'
}

async function gone(store: Store, personId: string): Promise<Recheck> {
  await dropSecret(store, secretId(personId))
  await endSessions(store, personId)
  return 'gone'
}

interface Answer {
  readonly refreshToken: string | undefined
  /** Of the identity token, or of the provider's own answer about the person. */
  readonly claims: unknown
}

/** Uses a refresh token. `refused`: the provider takes it no more. */
async function renew(token: string): Promise<Answer | 'refused' | 'unreachable'> {
  const { oidc } = env()
  if (!oidc) return 'unreachable'
  const discovered = Discovery.safeParse(await json(`${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`))
  if (!discovered.success) return 'unreachable'
  const { token_endpoint: url, userinfo_endpoint: userinfo } = discovered.data
  const basic = Buffer.from(`${encodeURIComponent(oidc.clientId)}:${encodeURIComponent(oidc.clientSecret)}`).toString('base64')
  const answer = await callOut({
    url, method: 'POST', privateOrigins: trusted(url), body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token }).toString(),
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
  })
  if (!answer.ok) return 'unreachable'
  const said = parsed(answer.body)
  if (answer.status === 400 && typeof said === 'object' && said !== null && 'error' in said && said.error === 'invalid_grant') return 'refused'
  const renewed = Renewed.safeParse(said)
  if (answer.status !== 200 || !renewed.success) return 'unreachable'
  const { access_token: access, id_token: idToken, refresh_token: refreshToken } = renewed.data
  // An identity token that comes straight from the token endpoint needs no signature of its own (OpenID Connect Core 3.1.3.7); others are not looked at.
  const claims = idToken === undefined ? (userinfo === undefined ? null : await json(userinfo, { authorization: `Bearer ${access}` })) : parsed(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString())
  return { refreshToken, claims }
}

async function json(url: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const answer = await callOut({ url, method: 'GET', privateOrigins: trusted(url), headers: { accept: 'application/json', ...headers } })
  return answer.ok && answer.status === 200 ? parsed(answer.body) : null
}

/** The operator named the issuer, which often lies in the private network; its other addresses are trusted as it is. */
function trusted(url: string): readonly string[] {
  return [new URL(url).origin]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
