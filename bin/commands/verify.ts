/** `gatehouse verify`: walks the whole log and replays every aggregate; may run beside the server, because it only reads. */
import { examineRecord } from '@/db/record'
import { openStore } from '@/db/store'
import type { Command } from '@/bin/commands/command'
import { config } from '@/lib/public/config'

export const verify: Command = {
  name: 'verify',
  usage: '[--json]',
  summary: 'Checks that no entry of the log was changed, and that replaying it gives what is stored. Exit code 1 when not.',
  async run(words) {
    const store = await openStore(config().databaseUrl, { readOnly: true })
    try {
      const found = await examineRecord(store)
      if (words.includes('--json')) console.log(JSON.stringify(found))
      else if (found.faults.length > 0) for (const fault of found.faults) console.error(`The record does not verify: ${fault}`)
      else console.log(`The log verifies: ${found.seq} entries, head ${found.hash}. Every stored state is what its entries say.`)
      return found.faults.length > 0 ? 1 : 0
    } finally {
      await store.close()
    }
  },
}
