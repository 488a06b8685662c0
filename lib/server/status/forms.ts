/** Answers the plain forms of subscribing with a page to go to; they need no session and no script. */
import 'server-only'
import { env } from '@/lib/server/env'
import { installationRing } from '@/lib/server/key-ring'
import { rawStore } from '@/lib/server/raw-store'
import { statusKeys } from '@/lib/server/status/keys'
import { askToSubscribe, confirmSubscription, endSubscription } from '@/lib/server/status/subscribers'

const CODE = /^[\w-]{20,100}$/

function goTo(path: string): Response {
  return new Response(null, { status: 303, headers: { location: path, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } })
}

/** In: the form, urlencoded. Out: the way to the page that says what happens next; the same for every address. */
export async function takeSubscription(request: Request): Promise<Response> {
  const text = request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') ? await request.text() : ''
  const form = new URLSearchParams(text.length > 4000 ? '' : text)
  const store = await rawStore()
  const wish = { store, keys: await statusKeys(store), ring: installationRing(), webhookHosts: env().webhookHosts, now: new Date() }
  const came = await askToSubscribe(wish, form.get('channel') ?? '', form.get('address') ?? '', request.headers.get('x-client-address') ?? 'unknown')
  return goTo(`/status/subscribe/${came}`)
}

export async function takeConfirmation(code: string): Promise<Response> {
  const isDone = CODE.test(code) && (await confirmSubscription(await rawStore(), code, new Date()))
  return goTo(isDone ? '/status/subscribe/done' : '/status/subscribe/late')
}

/** In: the form of the page, or the one click of a mail program, which gets no redirect (RFC 8058 §3.2). */
export async function takeEnd(request: Request, code: string): Promise<Response> {
  const isOneClick = /List-Unsubscribe[\s\S]{0,40}One-Click/.test((await request.text()).slice(0, 4000))
  if (CODE.test(code)) await endSubscription(await rawStore(), code)
  return isOneClick ? new Response('You hear no more of it.\n', { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } }) : goTo('/status/unsubscribe/done')
}
