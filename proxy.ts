/** Only a courtesy: sends a visitor without a session cookie to the sign-in page. Who may see what is decided by the pages and routes themselves. */
import { NextResponse, type NextRequest } from 'next/server'

/** As lib/server/auth/session.ts names them, over http and over https. */
const SESSION_COOKIES = ['gatehouse.session', '__Host-gatehouse.session']

/** Redirects to `/sign-in?next=…` when no session cookie came, else lets the request through. */
export function proxy(request: NextRequest): NextResponse {
  if (SESSION_COOKIES.some((name) => request.cookies.has(name))) return NextResponse.next()
  const target = request.nextUrl.clone()
  target.pathname = '/sign-in'
  target.search = ''
  if (request.nextUrl.pathname !== '/') target.searchParams.set('next', request.nextUrl.pathname + request.nextUrl.search)
  return NextResponse.redirect(target)
}

export const config = {
  matcher: ['/((?!api/|_next/|status|sign-in|set-up|invite/|reset/|healthz|readyz|favicon|icon\\.svg|fonts/|robots\\.txt).*)'],
}
