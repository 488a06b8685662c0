/** The protocol of signing in and out; next-auth speaks it, and what the product does not use of it does not exist. */
import type { NextRequest } from 'next/server'
import { answerAuth } from '@/lib/server/auth/handler'

interface Context {
  readonly params: Promise<{ nextauth: string[] }>
}

export function GET(request: NextRequest, context: Context): Promise<Response> {
  return answerAuth(request, context)
}

export function POST(request: NextRequest, context: Context): Promise<Response> {
  return answerAuth(request, context)
}
