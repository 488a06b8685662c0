/** The API of what is encrypted: what no present secret opens, and giving it up. */
import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/domain/actor'
import { may } from '@/lib/domain/policy'
import { installationRing } from '@/lib/server/key-ring'
import { rawStore } from '@/lib/server/raw-store'
import { forgetUnreadable, unreadable } from '@/lib/server/secrets/look-after'
import { operation, type Operation } from './operation'
import { Refused } from './problem'

function demandAdmin(actor: Actor): void {
  const allowed = may(actor, 'secret.look-after')
  if (allowed !== true) throw new Refused(allowed)
}

export const secretOperations: readonly Operation[] = [
  operation({
    id: 'list-unreadable-secrets', method: 'GET', path: '/unreadable-secrets', access: 'person', answer: z.array(z.looseObject({})),
    summary: 'What was encrypted under an earlier GATEHOUSE_SECRET and cannot be read, by kind, with the way out. Empty as a rule. For admins.',
    async handle({ actor }) {
      demandAdmin(actor)
      return unreadable(await rawStore(), installationRing(), new Date())
    },
  }),
  operation({
    id: 'forget-unreadable-subscribers', method: 'POST', path: '/unreadable-secrets/forget-subscribers', access: 'person', body: z.strictObject({}), answer: z.object({ forgotten: z.number() }),
    summary: 'Forgets the subscribers of the status page whose addresses cannot be read any more. For admins.',
    async handle({ actor }) {
      demandAdmin(actor)
      return { forgotten: await forgetUnreadable(await rawStore(), installationRing()) }
    },
  }),
]
