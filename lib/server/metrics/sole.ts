/** Holds a lease for this process, so that of several replicas one evaluates and another takes over when it is gone. */
import 'server-only'
import { v7 as uuid } from 'uuid'
import { claimLease, freeLease, releaseLease } from '@/db/lease'
import type { Store } from '@/db/store'

/** How long the others wait for a holder that says nothing. */
export const LEASE_MS = 30_000
/** Renewed this often: a holder whose lease was taken (its clock jumped) stops within this time. */
const RENEW_MS = 5000

export interface Sole {
  /** Whether this process holds the lease now. Never throws: a database that cannot be asked means no. */
  holds(): Promise<boolean>
  release(): Promise<void>
}

/** Takes part in a lease. In: the store, the lease's name, this process' clock in ms. */
export function soleHolder(store: Store, name: string, now: () => number = Date.now): Sole {
  const owner = uuid()
  let isHeld = false
  let askedAt: number | null = null
  let asking: Promise<boolean> | null = null
  let freed: Promise<void> | null = null

  async function ask(): Promise<boolean> {
    freed ??= freeLease(store, name)
    await freed
    askedAt = now()
    isHeld = await claimLease(store, name, owner, new Date(askedAt), LEASE_MS)
    return isHeld
  }

  return {
    async holds() {
      // A clock that went back counts as time that has passed.
      if (askedAt !== null && Math.abs(now() - askedAt) < RENEW_MS) return isHeld
      asking ??= ask().catch((error: unknown) => {
        process.emitWarning(`the lease of ${name} could not be claimed: ${String(error)}`)
        isHeld = false
        return false
      }).finally(() => { asking = null })
      return asking
    },
    async release() {
      isHeld = false
      await releaseLease(store, name, owner).catch(() => undefined)
    },
  }
}
