/** Only a courtesy: sends a visitor without a session cookie to the sign-in page. Who may see what is decided by the pages and routes themselves. */
import { NextResponse, type NextRequest } from 'next/server'

const SESSION_COOKIES = ['next-auth.session-token', '__Secure-next-auth.session-token']

/** Redirects to `/sign-in?next=…` when no session cookie came, else lets the request through. */
export function proxy(request: NextRequest): NextResponse {
  // A large session is split into numbered parts (`.0`, `.1`).
  if (SESSION_COOKIES.some((name) => request.cookies.has(name) || request.cookies.has(`${name}.0`))) return NextResponse.next()
  const target = request.nextUrl.clone()
  target.pathname = '/sign-in'
  target.search = ''
  if (request.nextUrl.pathname !== '/') target.searchParams.set('next', request.nextUrl.pathname + request.nextUrl.search)
  return NextResponse.redirect(target)
}

export const config = {
  matcher: ['/((?!api/|_next/|status|sign-in|set-up|invitation|healthz|readyz|favicon|icon|fonts/|robots\\.txt).*)'],
}
