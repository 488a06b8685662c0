/** Takes the forms of the subscribe page; the pages themselves are answered from memory, before Next. */
import { takeSubscription } from '@/lib/server/status/forms'

export async function POST(request: Request): Promise<Response> {
  return takeSubscription(request)
}
