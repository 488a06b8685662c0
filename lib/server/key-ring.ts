/** The keys of this installation: the one that encrypts, and those before it that still open. */
import 'server-only'
import { keyRing, type KeyRing } from '@/db/secret'
import { env } from '@/lib/server/env'

/** Made of GATEHOUSE_SECRET and GATEHOUSE_SECRET_PREVIOUS. */
export function installationRing(): KeyRing {
  const { secret, previousSecrets } = env()
  return keyRing(secret, previousSecrets)
}
