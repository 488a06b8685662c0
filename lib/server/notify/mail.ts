/** Hides how e-mail leaves: one message to one address by the operator's SMTP server, with nothing in it that could become another header or address. */
import 'server-only'
import { createTransport } from 'nodemailer'
import { oneLine } from '@/lib/domain/message/cut'
import { isMailAddress } from '@/lib/domain/destination/address'
import { env } from '@/lib/server/env'
import type { Attempt } from '@/lib/server/notify/answer'

export interface Mail {
  /** One bare address, without a name. */
  readonly to: string
  readonly subject: string
  readonly text: string
  /** Already escaped; the plain text is always sent beside it. */
  readonly html?: string
  /** Further headers, such as List-Unsubscribe. */
  readonly headers?: Readonly<Record<string, string>>
  /** Makes the Message-ID, so that a repeat is recognised by mail programs; a fresh one when absent. */
  readonly id?: string
}

/** The operator's server and sender. `tls`: an authority of one's own. */
export interface MailServer {
  readonly url: string
  readonly from: string
  readonly isPlainAllowed: boolean
  readonly tls?: { readonly ca: string }
}

export type SendMail = (mail: Mail) => Promise<Attempt>

/** SMTP servers answer in a second or two; greylisting and virus checks take longer. */
const DEADLINE_MS = 30_000
const SUBJECT_LIMIT = 250
/** Failures at which no message was handed over; after all others it may have arrived. */
const NEVER_SENT: ReadonlySet<string> = new Set(['EDNS', 'ETLS', 'EREQUIRETLS', 'EAUTH', 'ENOAUTH', 'EOAUTH2'])
const BEFORE_GREETING: ReadonlySet<string> = new Set(['DNS_TIMEOUT', 'CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT'])
const NOT_CONNECTED = /ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|certificate|STARTTLS|initiating TLS/
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,60}$/

/** Whether this installation sends e-mail at all. */
export function isMailOn(): boolean {
  return env().mail !== null
}

/**
 * Sends one e-mail by the server of the configuration. Out: `answered` with the reply code of SMTP (2xx: taken, 4xx: try later, 5xx: refused for
 * good), `unreachable` when nothing was handed over, `lost` when it may have arrived. Never throws. Without SMTP_URL it is `unreachable`.
 */
export const sendMail: SendMail = (mail) => {
  const server = env().mail
  return server === null ? Promise.resolve({ kind: 'unreachable', reason: 'E-mail is not set up: SMTP_URL and MAIL_FROM are missing.' }) : mailVia(server)(mail)
}

/** The same by a given server; tests give their own and less patience. */
export function mailVia(server: MailServer, deadlineMs = DEADLINE_MS): SendMail {
  return async ({ to, subject, text, html, headers = {}, id }) => {
    if (!isMailAddress(to)) return { kind: 'answered', status: 553, body: 'This is not one e-mail address.', retryAfter: null }
    const url = new URL(server.url)
    const isSecure = url.protocol === 'smtps:'
    const transport = createTransport({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
      secure: isSecure,
      requireTLS: !isSecure && !server.isPlainAllowed,
      ...(url.username === '' ? {} : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
      tls: { minVersion: 'TLSv1.2', ...server.tls },
      connectionTimeout: deadlineMs / 3, greetingTimeout: deadlineMs / 3, dnsTimeout: deadlineMs / 3, socketTimeout: deadlineMs,
      // What a message names is never opened: neither files nor addresses.
      disableFileAccess: true, disableUrlAccess: true,
    })
    try {
      const { response } = await transport.sendMail({
        from: server.from,
        to: { name: '', address: to },
        subject: oneLine(subject).slice(0, SUBJECT_LIMIT).toWellFormed(),
        text,
        ...(html === undefined ? {} : { html }),
        ...(id === undefined ? {} : { messageId: `<${id.replace(/[^A-Za-z0-9.-]/g, '')}@${senderHost(server.from)}>` }),
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', ...safeHeaders(headers) },
        signal: AbortSignal.timeout(deadlineMs),
      })
      return { kind: 'answered', status: replyCode(response) ?? 250, body: response, retryAfter: null }
    } catch (error) {
      return attemptOf(error)
    } finally {
      transport.close()
    }
  }
}

function senderHost(from: string): string {
  return from.replace(/>$/, '').split('@').at(-1) ?? 'localhost'
}

/** Names that are no header names are left out, and values stay on one line: what people wrote can never begin another header. */
function safeHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => HEADER_NAME.test(name)).map(([name, value]) => [name, oneLine(value)]))
}

function replyCode(response: string): number | null {
  const [, code] = /^(\d{3})/.exec(response) ?? []
  return code === undefined ? null : Number(code)
}

/** What a failed attempt was like. A reply of the server is an answer; without one, only failures before the message count as never sent. */
function attemptOf(error: unknown): Attempt {
  const part = (name: 'code' | 'responseCode' | 'response' | 'message' | 'timeoutType'): unknown => (typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined)
  const [code, status, response] = [part('code'), part('responseCode'), part('response')]
  const reason = oneLine(String(part('message') ?? 'The connection broke.')).slice(0, 300).toWellFormed()
  // A refused login or TLS is the operator's to repair; the message itself was never looked at.
  if (NEVER_SENT.has(String(code))) return { kind: 'unreachable', reason }
  if (typeof status === 'number' && status >= 400) return { kind: 'answered', status, body: typeof response === 'string' ? response : reason, retryAfter: null }
  const isNeverSent = BEFORE_GREETING.has(String(part('timeoutType'))) || NOT_CONNECTED.test(reason)
  return { kind: isNeverSent ? 'unreachable' : 'lost', reason }
}
