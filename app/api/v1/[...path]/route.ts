/** The one door of the public API; what is behind it is in the table of operations. */
import { dispatch } from '@/lib/server/api/dispatch'

interface Where {
  readonly params: Promise<{ readonly path: string[] }>
}

async function answer(request: Request, { params }: Where): Promise<Response> {
  return dispatch(request, (await params).path)
}

export { answer as GET, answer as POST, answer as PUT, answer as DELETE }
