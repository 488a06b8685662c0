/** Reads the little that is shown before somebody is signed in. */
import 'server-only'
import type { Route } from 'next'
import { currentActor } from '@/lib/server/actor'
import { readLink } from '@/lib/server/auth/links'
import { env } from '@/lib/server/env'
import { store } from '@/lib/server/store'
import { loadInstallation } from '@/lib/server/view/people'

export interface OutsideView {
  readonly isSetUp: boolean
  readonly isSignedIn: boolean
  /** Of the installation; empty before set-up. */
  readonly name: string
  readonly hasProvider: boolean
}

/** What the sign-in and the set-up page need to know. */
export async function outsideView(): Promise<OutsideView> {
  const installation = await loadInstallation(await store())
  return {
    isSetUp: installation !== null,
    isSignedIn: (await currentActor()) !== null,
    name: installation?.state.name ?? '',
    hasProvider: env().oidc !== null,
  }
}

/** Whose one-time link it is, or null when it cannot be used. */
export async function linkView(purpose: 'invite' | 'reset', code: string): Promise<{ name: string; email: string | null } | null> {
  return readLink(await store(), purpose, code, new Date())
}

/** Whether a path that came in an address is one of our own pages, so that nobody is sent to another site after signing in. */
export function isOwnPath(path: unknown): path is Route {
  return typeof path === 'string' && /^\/(?![/\\])[^\\\u0000-\u001f]*$/.test(path)
}
