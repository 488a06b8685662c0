/** The API of what does not arrive: sentences for banners, and e-mails to people that are sent again. */
import 'server-only'
import { z } from 'zod'
import { troubledMail } from '@/db/outbox-trouble'
import { troublesOf } from '@/lib/domain/destination/view'
import { may } from '@/lib/domain/policy'
import { PERSON_TOPIC } from '@/lib/server/notify/draft'
import { putBackAll } from '@/lib/server/notify/put-back'
import { rawStore } from '@/lib/server/raw-store'
import { viewDestinations } from '@/lib/server/view/destinations'
import { operation, type Operation } from './operation'
import { Refused } from './problem'

const trouble = z.object({ id: z.string(), message: z.string() })

export const mailTroubleOperations: readonly Operation[] = [
  operation({
    id: 'list-delivery-troubles', method: 'GET', path: '/delivery-troubles', access: 'person', answer: z.array(trouble),
    summary: 'What does not arrive and needs somebody: places that were switched off or fail again and again, and e-mails to people that were given up. Empty for those who could do nothing about it.',
    handle: async ({ actor }) => (may(actor, 'person.read-mail') === true ? troublesOf(await viewDestinations(await rawStore(), actor)) : []),
  }),
  operation({
    id: 'resend-mail', method: 'POST', path: '/people/{id}/mail/resend', access: 'person', answer: z.object({ replayed: z.number() }),
    summary: 'Sends e-mails to a person that were given up again, under their delivery ids: those named, or all.',
    body: z.strictObject({ deliveryIds: z.union([z.literal('all'), z.array(z.uuid()).min(1).max(1000)]) }),
    async handle({ actor, params, body: { deliveryIds } }) {
      const personId = params['id'] ?? ''
      const allowed = may(actor, 'person.resend-mail', { personId })
      if (allowed !== true) throw new Refused(allowed)
      const store = await rawStore()
      const dead = (await troubledMail(store, PERSON_TOPIC, { personId, limit: 1000 })).filter((one) => one.state === 'dead').map((one) => one.id)
      const chosen = deliveryIds === 'all' ? dead : dead.filter((one) => deliveryIds.includes(one))
      if (chosen.length === 0) throw new Refused({ code: 'not-found', message: 'None of these e-mails failed; there is nothing to send again.' })
      return { replayed: await putBackAll(store, chosen) }
    },
  }),
]
