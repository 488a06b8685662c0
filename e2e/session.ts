/** Hides how a test becomes a person: the session is made directly, so that no test clicks through the sign-in form but the one that tests it. */
import type { BrowserContext } from '@playwright/test'
import type { TestServer } from '@/e2e/server'

export interface TestPerson {
  readonly name: string
  readonly email: string
  readonly isAdmin: boolean
  readonly memberships: readonly { readonly team: string; readonly role: 'member' | 'lead' }[]
}

/** Adds the person when the server does not know the address yet, and signs the browser context in as him or her. */
export type SignIn = (context: BrowserContext, server: TestServer, person: TestPerson) => Promise<void>
