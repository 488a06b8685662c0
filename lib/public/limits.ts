/** Hides how a body that is too large is refused so that the client really reads the 413: declared and chunked bodies, never cut, never closed too early. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendProblem } from '@/lib/public/problem'

/** Bodies of the JSON API, in bytes. */
export const JSON_BODY_LIMIT = 1024 * 1024
/** An evidence file of 20 MB with its multipart frame, in bytes. */
export const FILE_BODY_LIMIT = 21 * 1024 * 1024
/** How long a refused client may go on sending before its socket is closed, in milliseconds. */
const LINGER_MS = 2_000

/** The limit for a path, in bytes. */
export function bodyLimit(pathname: string): number {
  return pathname === '/api/v1/files' || pathname === '/api/v1/import-result' || pathname.startsWith('/api/v1/files/') ? FILE_BODY_LIMIT : JSON_BODY_LIMIT
}

/**
 * Guards the body of a request. Out: whether it may be handed on; `false` when it was already answered with 413 (or the client left).
 * A chunked body has no declared length, so it is held until it is complete and only then handed on, whole: a reader never sees a part of it.
 */
export async function admitBody(request: IncomingMessage, response: ServerResponse, limit: number): Promise<boolean> {
  const declared = request.headers['content-length']
  if (declared !== undefined) {
    if (Number(declared) <= limit) return true
    request.once('end', refuse(request, response, limit))
    request.resume()
    return false
  }
  if (request.headers['transfer-encoding'] === undefined) return true
  return holdChunks(request, response, limit)
}

// Node's parser hands each piece of a body to `request.push`, and `null` at its end.
function holdChunks(request: IncomingMessage, response: ServerResponse, limit: number): Promise<boolean> {
  return new Promise((resolve) => {
    const push = request.push.bind(request)
    const held: Buffer[] = []
    let received = 0
    let endLinger = () => {}
    const release = (isAdmitted: boolean) => {
      request.off('close', leave)
      resolve(isAdmitted)
    }
    const leave = () => release(false)
    request.once('close', leave)
    request.push = (chunk: unknown) => {
      if (received > limit) {
        if (chunk === null) endLinger()
        return true // thrown away while the socket lingers
      }
      if (chunk === null) {
        request.push = push
        for (const piece of held) push(piece)
        release(true)
        return push(null)
      }
      if (!Buffer.isBuffer(chunk)) return true
      received += chunk.length
      if (received <= limit) held.push(chunk)
      else {
        held.length = 0
        endLinger = refuse(request, response, limit)
        release(false)
      }
      return true
    }
  })
}

// Closing at once would break the client's sending before it reads the answer (measured: 11 to 20 of 20 clients). Out: what ends the lingering.
function refuse(request: IncomingMessage, response: ServerResponse, limit: number): () => void {
  const timer = setTimeout(() => request.socket.destroy(), LINGER_MS)
  timer.unref()
  sendProblem(response, {
    code: 'too-large',
    detail: `This address takes at most ${limit} bytes. Send less, or attach the content by its link.`,
  })
  return () => clearTimeout(timer)
}
