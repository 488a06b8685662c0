/** Hides a real mail server on this machine that refuses every receiver for good until it is told to take them. */
import { SMTPServer } from 'smtp-server'

/** Starts it. Out: its URL, whom it refused, what it took, and `isOpen`, which a test sets. */
export async function startRefusingMail() {
  const state = { isOpen: false, refused: new Array<string>(), taken: new Array<string>() }
  const smtp = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'], logger: false, closeTimeout: 50,
    onRcptTo({ address }, _session, done) {
      if (state.isOpen) return done()
      state.refused.push(address)
      done(Object.assign(new Error('no such user'), { responseCode: 550 }))
    },
    onData(stream, session, done) {
      stream.resume().on('end', () => { state.taken.push(...session.envelope.rcptTo.map((one) => one.address)); done() })
    },
  })
  smtp.on('error', () => {})
  await new Promise<void>((resolve) => { smtp.listen(0, '127.0.0.1', resolve) })
  const address = smtp.server.address()
  return Object.assign(state, { url: `smtp://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`, close: () => new Promise<void>((resolve) => { smtp.close(() => resolve()) }) })
}
