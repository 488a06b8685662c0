/** A process that empties the outbox of a database as fast as it can and says at its end what that took, so that a test can kill it and start another. */
import { performance } from 'node:perf_hooks'
import { openStore } from '@/db/store'
import { keyRing } from '@/db/secret'
import { postTo } from '@/lib/server/notify/post'
import { startWorker } from '@/lib/server/notify/worker'

const [url = '', migrations = '', host = ''] = process.argv.slice(2)
const store = await openStore(url, { migrate: true, migrations })
startWorker({
  store, ring: keyRing('a secret of at least thirty-two characters'), post: postTo([host]), publicUrl: 'https://gate.example', allowedHosts: [host], gapMs: 0,
  disable: async () => undefined, onError: (error) => process.stderr.write(`${String(error)}\n`),
})
// The worker's timers keep no process alive, as in the server the listening port does.
setInterval(() => undefined, 60_000)
// What it worked and what it waited: unlike the time that passed, neither grows with what else the machine does.
process.once('SIGTERM', () => {
  const { user, system } = process.cpuUsage()
  process.stdout.write(JSON.stringify({ workedMs: (user + system) / 1000, waitedMs: performance.eventLoopUtilization().idle }), () => process.exit(0))
})
