/** Takes the forms of the subscribe page; the pages themselves are answered from memory, before Next. */
import { takeSubscription } from '@/lib/server/status/forms'

export async function POST(request: Request): Promise<Response> {
  return takeSubscription(request)
}

/** Reached only where nobody can subscribe, by an old link: the page itself still tells what there is. */
export function GET(): Response {
  return new Response(null, { status: 303, headers: { location: '/status', 'cache-control': 'no-store' } })
}
