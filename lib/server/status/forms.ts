/** Answers the plain forms of subscribing with a page to go to; they need no session and no script. */
import 'server-only'
import { env } from '@/lib/server/env'
import { rawStore } from '@/lib/server/raw-store'
import { askToSubscribe, confirmSubscription, endSubscription } from '@/lib/server/status/subscribers'

const CODE = /^[\w-]{20,100}$/

function goTo(path: string): Response {
  return new Response(null, { status: 303, headers: { location: path, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } })
}

/** In: the form, urlencoded. Out: the way to the page that says what happens next; the same for every address. */
export async function takeSubscription(request: Request): Promise<Response> {
  const text = request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') ? await request.text() : ''
  const form = new URLSearchParams(text.length > 4000 ? '' : text)
  const { secret, webhookHosts } = env()
  const wish = { store: await rawStore(), secret, webhookHosts, now: new Date() }
  const came = await askToSubscribe(wish, form.get('channel') ?? '', form.get('address') ?? '', request.headers.get('x-client-address') ?? 'unknown')
  return goTo(`/status/subscribe/${came}`)
}

export async function takeConfirmation(code: string): Promise<Response> {
  const isDone = CODE.test(code) && (await confirmSubscription(await rawStore(), code, new Date()))
  return goTo(isDone ? '/status/subscribe/done' : '/status/subscribe/late')
}

export async function takeEnd(code: string): Promise<Response> {
  if (CODE.test(code)) await endSubscription(await rawStore(), code)
  return goTo('/status/unsubscribe/done')
}
