/** Owns the port: limits, methods, headers, health, the public documents from memory, and the orderly end; everything else goes to Next. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import next from 'next'
import { ConfigError, config } from '@/lib/public/config'
import { publicDocuments, serveDocument } from '@/lib/public/document'
import { doorOf } from '@/lib/public/door'
import { applyPagePolicy, secureHeaders, settleForwarding } from '@/lib/public/headers'
import { readiness, stopParts } from '@/lib/public/lifecycle'
import { loggable } from '@/lib/public/loggable'
import { admitBody, bodyLimit } from '@/lib/public/limits'
import { sendProblem } from '@/lib/public/problem'
import { shortWay, takeShortWay } from '@/lib/public/short-way'
import { plainTarget } from '@/lib/public/target'
import { startStatusDocuments } from '@/lib/public/status-documents'
import { sendMissing } from '@/lib/public/status-pages'
import { endAllStreams, isStopping } from '@/lib/public/streams'

/** Requests that still run this long after SIGTERM are cut off, in milliseconds. */
const HARD_STOP_MS = 8_500
const SWEEP_MS = 100
const UNUSED_METHODS = new Set(['TRACE', 'TRACK', 'CONNECT'])
const ALLOWED = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'

process.env.NEXT_TELEMETRY_DISABLED ??= '1'
const isDevelopment = process.env.NODE_ENV !== 'production'
const settings = settingsOrExit()
const common = Object.entries(secureHeaders(settings))
const documents = publicDocuments()
const pages = startStatusDocuments(settings)

const server = createServer((request, response) => {
  // Most of what is asked in a bad hour is a public document by its plain name: it goes out before anything else is looked at.
  const document = request.method === 'GET' && !isStopping() ? documents.get(request.url ?? '') : undefined
  if (document) return serveDocument(request, response, document, common)
  answer(request, response).catch((error: unknown) => {
    console.error('request failed', loggable(error))
    if (response.headersSent) response.destroy()
    else sendProblem(response, { code: 'failed', detail: 'The request could not be answered. Try again.' })
  })
})
// Proxies and API clients keep idle connections for a minute; closed sooner from here, the next command on one would meet a reset and nobody could say whether it was done.
server.keepAliveTimeout = 75_000
server.headersTimeout = 80_000
// Node never raises `request` for CONNECT.
server.on('connect', (_request, socket) => socket.end(`HTTP/1.1 405 Method Not Allowed\r\nallow: ${ALLOWED}\r\nconnection: close\r\n\r\n`))

// What could not be rendered is told by instrumentation.ts, without what people wrote.
const app = next({ dev: isDevelopment, quiet: !isDevelopment, hostname: settings.host, port: settings.port, httpServer: server, dir: process.cwd() })
const handle = app.getRequestHandler()

function carryCommon(response: ServerResponse): void {
  for (const [name, value] of common) response.setHeader(name, value)
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (isStopping()) response.setHeader('connection', 'close')
  const url = plainTarget(request.url ?? '/')
  if (url === null) {
    carryCommon(response)
    return sendProblem(response, { status: 400, code: 'invalid', detail: 'The address cannot be read. Look for a stray % in it.' })
  }
  request.url = url
  const query = url.indexOf('?')
  const pathname = query === -1 ? url : url.slice(0, query)
  const method = request.method ?? 'GET'
  const isRead = method === 'GET' || method === 'HEAD'

  const page = isRead && pathname.startsWith('/status') ? pages.answer(pathname, query === -1 ? '' : url.slice(query + 1), new Date()) : null
  if (page === 'missing') { carryCommon(response); return sendMissing(response) }
  const document = page ?? (isRead ? documents.get(pathname) : undefined)
  if (document) return serveDocument(request, response, document, common)
  carryCommon(response)
  // The address is the secret: whatever is opened from there must not learn it.
  if (pathname.startsWith('/api/v1/calendars/')) response.setHeader('referrer-policy', 'no-referrer')
  if (isRead) {
    if (pathname === '/healthz') return sendHealth(response, 200, { status: 'ok' })
    if (pathname === '/readyz') return answerReadiness(response)
  }
  if (UNUSED_METHODS.has(method)) {
    return sendProblem(response, { code: 'method', detail: `${method} is not used here.` }, { allow: ALLOWED })
  }
  const door = doorOf(request)
  if (door !== null) return void response.writeHead(307, { location: door, 'cache-control': 'no-store' }).end()
  settleForwarding(request, settings.trustProxy)
  if (!(await admitBody(request, response, bodyLimit(pathname)))) return
  const short = isDevelopment ? null : shortWay(method, pathname)
  if (short) return takeShortWay(short, request, response, settings.publicUrl)
  if (!pathname.startsWith('/api/') && !pathname.startsWith('/_next/')) applyPagePolicy(request, response, isDevelopment)
  await handle(request, response)
}

async function answerReadiness(response: ServerResponse): Promise<void> {
  if (isStopping()) return sendHealth(response, 503, { status: 'stopping' })
  const { isReady, parts } = await readiness()
  sendHealth(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', parts })
}

function sendHealth(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)), 'cache-control': 'no-store' })
  response.end(text)
}

function settingsOrExit() {
  try {
    return config()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(error.message)
    process.exit(78) // EX_CONFIG of sysexits.h
  }
}

async function stop(): Promise<void> {
  if (isStopping()) return
  const hard = setTimeout(() => server.closeAllConnections(), HARD_STOP_MS)
  const closed = new Promise((resolve) => server.close(resolve))
  // close() ends idle sockets once; those that turn idle later would sit out their keep-alive time.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
  endAllStreams()
  await closed
  clearTimeout(hard)
  clearInterval(sweep)
  await stopParts()
  if (!isDevelopment) await app.close()
  process.exit(0)
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop())

await app.prepare()
// Unheard, the framework would log it and the process live on: its worker at the database, and nobody answering.
const cannotOpen = (error: Error): void => {
  console.error(`Port ${settings.port} of ${settings.host} cannot be opened (${error.message}). Stop what listens there, or set PORT to another.`)
  void stopParts().finally(() => process.exit(1))
}
server.once('error', cannotOpen)
server.listen(settings.port, settings.host, () => {
  server.off('error', cannotOpen)
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : settings.port
  console.log(`Gatehouse listens on http://localhost:${port}${settings.publicUrl.endsWith(`:${port}`) ? '' : ` (${settings.publicUrl})`}`)
})
