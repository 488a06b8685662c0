/** The one door of the public API; what is behind it is in the table of operations. */
import { offerShortWay } from '@/lib/public/short-way'
import { catalogue } from '@/lib/server/api/catalogue'
import { dispatch } from '@/lib/server/api/dispatch'

// Next loads every route at the start of the server, so that the short way is open before the first request.
offerShortWay(catalogue().filter((operation) => operation.isUrgent), dispatch)

interface Where {
  readonly params: Promise<{ readonly path: string[] }>
}

async function answer(request: Request, { params }: Where): Promise<Response> {
  return dispatch(request, (await params).path)
}

export { answer as GET, answer as POST, answer as PUT, answer as DELETE }
