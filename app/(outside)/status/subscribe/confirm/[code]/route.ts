/** Confirms a subscription by the button of its page. */
import { takeConfirmation } from '@/lib/server/status/forms'

export async function POST(_request: Request, { params }: { readonly params: Promise<{ readonly code: string }> }): Promise<Response> {
  return takeConfirmation((await params).code)
}
