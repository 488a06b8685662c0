/** `gatehouse verify`: walks the whole log and replays every aggregate; may run beside the server, because it only reads. */
import { verifyChain, verifyStates } from '@/db/log'
import { openStore } from '@/db/store'
import type { Command } from '@/bin/commands/command'
import { config } from '@/lib/public/config'

export const verify: Command = {
  name: 'verify',
  usage: '',
  summary: 'Checks that no entry of the log was changed, and that replaying it gives what is stored. Exit code 1 when not.',
  async run() {
    const store = await openStore(config().databaseUrl, { readOnly: true })
    try {
      const chain = await verifyChain(store)
      if (chain.verdict !== 'sound') {
        console.error(`The log does not verify: ${JSON.stringify(chain)}`)
        return 1
      }
      const faults = await verifyStates(store)
      for (const { kind, id, fault } of faults) console.error(`${kind} ${id}: ${fault}`)
      if (faults.length > 0) return 1
      console.log(`The log verifies: ${chain.head.seq} entries, head ${chain.head.hash}. Every stored state is what its entries say.`)
      return 0
    } finally {
      await store.close()
    }
  },
}
