/** Ends a subscription: by the button of its page, and by the one click of a mail program (RFC 8058), which sends no cookie. */
import { takeEnd } from '@/lib/server/status/forms'

export async function POST(request: Request, { params }: { readonly params: Promise<{ readonly code: string }> }): Promise<Response> {
  return takeEnd(request, (await params).code)
}
