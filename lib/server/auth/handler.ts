/** Hides which parts of next-auth's protocol are open, and passes those on. */
import 'server-only'
import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { authOptions } from '@/lib/server/auth/options'
import { env } from '@/lib/server/env'

interface Context {
  readonly params: Promise<{ nextauth: string[] }>
}

// Left out: `session` (would prolong the cookie without asking our table), `_log` (lets anyone write log lines), e-mail links.
const OPEN = new Set(['GET csrf', 'GET providers', 'GET callback', 'POST callback', 'POST signin', 'POST signout', 'GET error'])

/** Answers one request below /api/auth. Anything that the product does not use is 404. */
export async function answerAuth(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params
  const [action = ''] = nextauth
  if (!OPEN.has(`${request.method} ${action}`)) return new Response(null, { status: 404 })
  // next-auth builds its addresses from this variable alone; headers of the client have no say.
  process.env['NEXTAUTH_URL'] = env().publicUrl
  const answer: unknown = await NextAuth(authOptions(request.headers.get('user-agent') ?? ''))(request, context)
  if (!(answer instanceof Response)) throw new Error('next-auth gave no response')
  answer.headers.set('cache-control', 'no-store')
  return answer
}
