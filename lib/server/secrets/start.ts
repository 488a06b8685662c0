/** At each start: encrypts anew what an earlier secret opens, and says on the console what none does. */
import 'server-only'
import { unreadableText } from '@/lib/domain/installation/unreadable'
import { env } from '@/lib/server/env'
import { installationRing } from '@/lib/server/key-ring'
import { rawStore } from '@/lib/server/raw-store'
import { renewBoxes, unreadable } from '@/lib/server/secrets/look-after'

/** Called by the boot, before anything is opened. What cannot be read keeps nobody from starting. */
export async function startSecrets(): Promise<void> {
  const [store, ring] = [await rawStore(), installationRing()]
  const renewed = await renewBoxes(store, ring)
  const found = await unreadable(store, ring, new Date())
  if (renewed > 0) console.log(`${renewed} stored ${renewed === 1 ? 'value was' : 'values were'} encrypted anew under the present GATEHOUSE_SECRET.`)
  if (found.length > 0) console.error(unreadableText(found))
  else if (env().previousSecrets.length > 0) console.log('Nothing rests on GATEHOUSE_SECRET_PREVIOUS any more: take it away at the next start.')
}
