/** E-mail against a real SMTP server on this machine: what arrives, and what each way of failing is taken for. */
import { createServer, type Server, type Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { testAuthority } from '@/lib/server/prometheus/test-certificates'
import { mailVia, type Mail } from './mail'

const MAIL: Mail = { to: 'ops@example.com', subject: 'FRAUD-12: rolling back', text: 'Rolling back to 4.1.', html: '<p>Rolling back to 4.1.</p>' }
const open: { close: () => unknown }[] = []
afterEach(() => { for (const one of open.splice(0)) one.close() })

interface Got { readonly messages: string[]; readonly url: string }

async function listening(server: Pick<Server, 'listen' | 'address'>): Promise<number> {
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function smtp(options: SMTPServerOptions = {}, scheme = 'smtp'): Promise<Got> {
  const messages: string[] = []
  const server = new SMTPServer({
    authOptional: true, disabledCommands: options.key ? [] : ['STARTTLS'], closeTimeout: 50, logger: false,
    onData(stream, _session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => { messages.push(Buffer.concat(parts).toString('utf8')); done() })
    },
    ...options,
  })
  server.on('error', () => {})
  open.push({ close: () => server.close(() => {}) })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const address = server.server.address()
  return { messages, url: `${scheme}://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}` }
}

/** A server that talks as the lines say, one after each thing that the client says, and then does nothing more. */
async function talking(lines: readonly string[], after: (socket: Socket) => void = () => {}): Promise<string> {
  const server = createServer((socket) => {
    let said = 0
    const say = (): void => { const line = lines[said]; said += 1; if (line === undefined) after(socket); else if (line !== '') socket.write(`${line}\r\n`) }
    socket.on('error', () => {})
    let isData = false
    socket.on('data', (data) => {
      if (isData && !data.toString('latin1').endsWith('\r\n.\r\n')) return
      isData = data.toString('latin1').startsWith('DATA')
      say()
    })
    say()
  })
  const port = await listening(server)
  open.push({ close: () => server.close() })
  return `smtp://127.0.0.1:${port}`
}

const via = (url: string, more: { isPlainAllowed?: boolean; tls?: { ca: string } } = {}, deadlineMs = 2_000) =>
  mailVia({ url, from: 'Gatehouse <gatehouse@example.com>', isPlainAllowed: true, ...more }, deadlineMs)
const refusing = (responseCode: number, message: string) => (_address: unknown, _session: unknown, done: (error: Error) => void) => done(Object.assign(new Error(message), { responseCode }))

describe('an e-mail', () => {
  it('arrives as plain text and simple HTML, with its own headers', async () => {
    const server = await smtp()
    const attempt = await via(server.url)({ ...MAIL, id: '0193b3c0-0000-7000-8000-000000000001', headers: { 'List-Unsubscribe': '<https://gatehouse.example.com/account>' } })
    expect(attempt).toMatchObject({ kind: 'answered', status: 250 })
    const [message = ''] = server.messages
    for (const part of ['From: Gatehouse <gatehouse@example.com>', 'To: ops@example.com', 'Subject: FRAUD-12: rolling back', 'Auto-Submitted: auto-generated', 'List-Unsubscribe: <https://gatehouse.example.com/account>',
      'Message-ID: <0193b3c0-0000-7000-8000-000000000001@example.com>', 'Content-Type: text/plain', 'Content-Type: text/html', 'multipart/alternative']) expect(message).toContain(part)
  })

  it('cannot be given another header or receiver by what people write', async () => {
    const server = await smtp()
    const nasty = 'x\r\nBcc: victim@example.org\r\n\r\nbody\u2028Cc: a@b.example\u202e'
    await via(server.url)({ ...MAIL, subject: nasty, headers: { 'List-Id': nasty, 'X\r\nBcc': 'victim@example.org', 'Bad Name': 'x' } })
    const [message = ''] = server.messages
    const head = message.slice(0, message.indexOf('\r\n\r\n'))
    expect(head).not.toMatch(/^(?:bcc|cc):/im)
    expect(head).toMatch(/^Subject: /m)
    for (const to of ['a@b.example, victim@example.org', 'a@b.example\r\nBcc: v@example.org', '<a@b.example>', 'Ops <a@b.example>', 'a@b.example;c@d.example', '"a b"@c.example', '@', 'a@', `${'a'.repeat(65)}@b.example`, 'a@-b.example', ''])
      expect(await via(server.url)({ ...MAIL, to })).toMatchObject({ kind: 'answered', status: 553 })
    expect(server.messages).toHaveLength(1)
  })

  it('is refused for good by 5xx and for a while by 4xx', async () => {
    const later = await smtp({ onRcptTo: refusing(450, 'mailbox busy') })
    expect(await via(later.url)(MAIL)).toMatchObject({ kind: 'answered', status: 450 })
    const never = await smtp({ onRcptTo: refusing(550, 'no such user') })
    expect(await via(never.url)(MAIL)).toMatchObject({ kind: 'answered', status: 550, body: expect.stringContaining('no such user') })
    const full = await smtp({ onData: (stream, _session, done) => { stream.resume(); stream.on('end', () => done(Object.assign(new Error('disk full'), { responseCode: 452 }))) } })
    expect(await via(full.url)(MAIL)).toMatchObject({ kind: 'answered', status: 452 })
  })

  it('was never sent when nobody listens, says a greeting, lets us in, or offers TLS', async () => {
    expect(await via('smtp://127.0.0.1:1')(MAIL)).toMatchObject({ kind: 'unreachable' })
    expect(await via(await talking(['']), {}, 300)(MAIL)).toMatchObject({ kind: 'unreachable' })
    const plain = await smtp()
    expect(await via(plain.url, { isPlainAllowed: false })(MAIL)).toMatchObject({ kind: 'unreachable' })
    const locked = await smtp({ authOptional: false, allowInsecureAuth: true, onAuth: (_auth, _session, done) => done(Object.assign(new Error('bad password'), { responseCode: 535 })) })
    expect(await via(locked.url.replace('//', '//user:wrong@'))(MAIL)).toMatchObject({ kind: 'unreachable' })
    expect(plain.messages).toEqual([])
  })

  it('is sent over TLS that can be trusted, and over no other', async () => {
    const authority = testAuthority()
    const { key, certificate: cert } = authority.issue('127.0.0.1', ['127.0.0.1'])
    const { ca } = authority
    const upgraded = await smtp({ key, cert })
    expect(await via(upgraded.url, { isPlainAllowed: false })(MAIL)).toMatchObject({ kind: 'unreachable' })
    expect(await via(upgraded.url, { isPlainAllowed: false, tls: { ca } })(MAIL)).toMatchObject({ kind: 'answered', status: 250 })
    const whole = await smtp({ key, cert, secure: true }, 'smtps')
    expect(await via(whole.url)(MAIL)).toMatchObject({ kind: 'unreachable' })
    expect(await via(whole.url, { tls: { ca } })(MAIL)).toMatchObject({ kind: 'answered', status: 250 })
    expect([upgraded.messages.length, whole.messages.length]).toEqual([1, 1])
  })

  it('may have arrived when the answer to it was half, late or missing', async () => {
    const upToData = ['220 hello', '250 hello', '250 sender', '250 receiver', '354 go on']
    expect(await via(await talking(upToData), {}, 1_500)(MAIL)).toMatchObject({ kind: 'lost' })
    expect(await via(await talking(upToData, (socket) => socket.end('25')))(MAIL)).toMatchObject({ kind: 'lost' })
    expect(await via(await talking(upToData, (socket) => socket.destroy()))(MAIL)).toMatchObject({ kind: 'lost' })
    const drip = await talking(upToData, (socket) => { const beat = setInterval(() => socket.write('2'), 50); socket.on('close', () => clearInterval(beat)) })
    const startedAt = Date.now()
    expect(await via(drip, {}, 1_500)(MAIL)).toMatchObject({ kind: 'lost' })
    // It would go on dripping for ever.
    expect(Date.now() - startedAt).toBeLessThan(12_000)
  })
})
