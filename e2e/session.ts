/** Hides how a test becomes a person: by the product's own set-up, invitation and sign-in calls, without clicking through their forms. */
import { request, type APIRequestContext, type APIResponse, type BrowserContext } from '@playwright/test'
import type { TestServer } from '@/e2e/server'

export interface TestPerson {
  readonly name: string
  readonly email: string
  readonly isAdmin: boolean
  readonly memberships: readonly { readonly team: string; readonly role: 'member' | 'lead' }[]
}

export const PASSWORD = 'a sentence for the tests'

/** The first admin of every test server; in no team. */
export const ADMIN: TestPerson = { name: 'Ada Admin', email: 'ada@example.org', isAdmin: true, memberships: [] }

interface Known {
  /** Calls of the first admin, signed in. */
  readonly admin: Promise<APIRequestContext>
  /** Ids by address of who is registered. */
  readonly people: Map<string, Promise<string>>
}

const servers = new WeakMap<TestServer, Known>()

/** Adds the person when the server does not know the address yet, and signs the browser context in as him or her. Out: the person's id. */
export async function signIn(context: BrowserContext, server: TestServer, person: TestPerson): Promise<string> {
  const id = await personId(server, person)
  await openSession(context.request, server, person.email)
  return id
}

/** Registers the person through set-up or an accepted invitation, once per server. Out: the id. */
export async function personId(server: TestServer, person: TestPerson): Promise<string> {
  const known = knownOf(server)
  await known.admin
  const { people } = known
  const registered = people.get(person.email) ?? invite(server, await known.admin, person)
  people.set(person.email, registered)
  return registered
}

/** Posts JSON as a page of the product would. Throws with the answer's text unless it succeeded. */
export async function postAs(who: APIRequestContext, server: TestServer, path: string, data: unknown): Promise<unknown> {
  const response = await who.post(`${server.origin}${path}`, { data, headers: { origin: server.origin } })
  return bodyOf(response)
}

/** The API calls of the first admin of the server, which is set up by the code that it printed. */
export function adminOf(server: TestServer): Promise<APIRequestContext> {
  return knownOf(server).admin
}

function knownOf(server: TestServer): Known {
  const earlier = servers.get(server)
  if (earlier) return earlier
  const people = new Map<string, Promise<string>>()
  const known = { people, admin: setUp(server, people) }
  servers.set(server, known)
  return known
}

async function setUp(server: TestServer, people: Map<string, Promise<string>>): Promise<APIRequestContext> {
  const admin = await request.newContext()
  const code = /enter this code: +([0-9A-Z-]+)/.exec(server.output())?.[1]
  if (code === undefined) throw new Error(`The server printed no set-up code:\n${server.output()}`)
  const { name, email } = ADMIN
  const answer = await postAs(admin, server, '/api/v1/set-up', { code, installation: 'Acme', name, email, password: PASSWORD, memberships: [] })
  people.set(email, Promise.resolve(textIn(answer, 'personId')))
  await openSession(admin, server, email)
  return admin
}

async function invite(server: TestServer, admin: APIRequestContext, person: TestPerson): Promise<string> {
  const invited = await postAs(admin, server, '/api/v1/people', person)
  const code = textIn(invited, 'url').split('/').at(-1)
  const visitor = await request.newContext()
  await postAs(visitor, server, '/api/v1/links/accept', { code, password: PASSWORD })
  await visitor.dispose()
  return textIn(invited, 'personId')
}

/** Signs a session in by address, with the password of all test people. */
export async function openSession(who: APIRequestContext, server: TestServer, email: string): Promise<void> {
  const csrf = await bodyOf(await who.get(`${server.origin}/api/auth/csrf`))
  const form = { email, password: PASSWORD, csrfToken: textIn(csrf, 'csrfToken'), json: 'true' }
  await bodyOf(await who.post(`${server.origin}/api/auth/callback/credentials`, { form }))
}

async function bodyOf(response: APIResponse): Promise<unknown> {
  if (!response.ok()) throw new Error(`${response.url()} answered ${response.status()}: ${await response.text()}`)
  const body: unknown = await response.json()
  return body
}

function textIn(value: unknown, name: string): string {
  const member: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  if (typeof member !== 'string') throw new Error(`no ${name} in ${JSON.stringify(value)}`)
  return member
}
