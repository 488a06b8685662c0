/** Hides how next-auth is set up: local accounts, one provider by OpenID Connect, and a sealed token that names a session. */
import 'server-only'
import type { AuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { endSession, findCredential } from '@/db/access'
import { identityOf, keepRefreshToken } from '@/lib/server/auth/provider-recheck'
import { arriveFromProvider } from '@/lib/server/auth/provider-sign-in'
import { ABSOLUTE_MS, openSessionFor, sessionCookieName, sessionSecret } from '@/lib/server/auth/session'
import { signIn } from '@/lib/server/auth/sign-in'
import { env } from '@/lib/server/env'
import { rawStore } from '@/lib/server/raw-store'

/** next-auth's settings for one request. In: what the browser calls itself, for the list of sessions. */
export function authOptions(agent: string): AuthOptions {
  const { isSecure } = env()
  return {
    providers: [localAccounts(), ...provider()],
    secret: sessionSecret(),
    useSecureCookies: isSecure,
    session: { strategy: 'jwt', maxAge: ABSOLUTE_MS / 1000 },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    cookies: { sessionToken: { name: sessionCookieName(), options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure } } },
    // Expected failures (a wrong password, a cancelled sign-in) reach the person, not the log; warnings concern development.
    logger: { error: (code) => console.error(JSON.stringify({ level: 'error', msg: 'sign-in failed', code })), warn: () => undefined, debug: () => undefined },
    callbacks: {
      /** Only our own pages; next-auth's own check lets a malformed address throw. */
      redirect({ url, baseUrl }) {
        const target = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : null
        return target?.origin === new URL(baseUrl).origin ? target.href : baseUrl
      },
      async signIn({ account, profile }) {
        if (account?.type !== 'oauth') return true
        const identity = identityOf(account.providerAccountId, profile ?? {})
        const personId = identity && (await arriveFromProvider(await rawStore(), identity))
        return personId ? true : '/sign-in?error=no-access'
      },
      async jwt({ token, user, account }) {
        if (account === null || !user) return token
        if (account.type === 'oauth') {
          const store = await rawStore()
          const issuer = env().oidc?.issuer ?? ''
          const credential = await findCredential(store, { issuer, subject: account.providerAccountId })
          if (!credential) throw new Error('the identity has no person')
          if (account.refresh_token) await keepRefreshToken(store, credential.personId, account.refresh_token, new Date())
          const sid = await openSessionFor(store, credential.personId, agent, new Date())
          return { sub: credential.personId, sid }
        }
        return { sub: user.id, sid: user.name ?? '' }
      },
    },
    events: {
      async signOut({ token }) {
        const { sub, sid } = token
        if (typeof sub === 'string' && typeof sid === 'string') await endSession(await rawStore(), sub, sid, new Date())
      },
    },
  }
}

function localAccounts() {
  return CredentialsProvider({
    name: 'account',
    credentials: { email: { type: 'email' }, password: { type: 'password' } },
    async authorize(credentials, request) {
      const headers: Record<string, unknown> = request.headers ?? {}
      const result = await signIn(await rawStore(), {
        email: credentials?.email ?? '',
        password: credentials?.password ?? '',
        address: text(headers['x-client-address']),
        agent: text(headers['user-agent']),
      }, new Date())
      if (!result.ok) throw new Error(result.reason)
      // next-auth hands `name` through to the token callback unchanged; nothing else of it is kept.
      return { id: result.personId, name: result.sessionId }
    },
  })
}

interface ProviderProfile {
  readonly sub: string
  readonly name?: string
}

function provider(): OAuthConfig<ProviderProfile>[] {
  const { oidc } = env()
  if (!oidc) return []
  return [{
    id: 'oidc',
    name: 'Single sign-on',
    type: 'oauth',
    wellKnown: `${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    issuer: oidc.issuer,
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret,
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    authorization: { params: { scope: oidc.scope } },
    profile: (profile) => ({ id: profile.sub, name: profile.name ?? null }),
  }]
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
