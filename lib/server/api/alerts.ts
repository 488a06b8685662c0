/** The API of alerts: where Alertmanager hands them in, and what became of them. */
import 'server-only'
import { z } from 'zod'
import { webhookSchema } from '@/lib/domain/alert/webhook'
import { may } from '@/lib/domain/policy'
import { receiveAlerts, viewInboundPage } from '@/lib/server/alerts/receive'
import { operation, type Operation } from './operation'
import { Refused } from './problem'

export const alertOperations: readonly Operation[] = [
  operation({
    id: 'receive-alerts', method: 'POST', path: '/alerts/alertmanager', access: 'person-or-token', scope: 'alert',
    summary: 'Where Alertmanager hands in alerts (webhook payload version 4). Each becomes a mark on the releases and live versions whose labels it carries, once per firing; a critical one proposes a roll-back.',
    query: z.object({ environment: z.string().max(80).optional() }), body: webhookSchema,
    answer: z.object({ alerts: z.number(), matched: z.number(), unmatched: z.number(), dropped: z.number() }),
    async handle({ actor, query, body }) {
      if (actor.kind !== 'token') throw new Refused({ code: 'forbidden', message: 'Alerts are handed in with a token that has the scope "alert".' })
      return receiveAlerts(body, actor, query.environment ?? null, new Date())
    },
  }),
  operation({
    id: 'list-inbound-alerts', method: 'GET', path: '/alerts', access: 'person', summary: 'The alerts that came in last, with what matched, and why not.',
    answer: z.object({ alerts: z.array(z.looseObject({ id: z.string(), isMatched: z.boolean(), reason: z.string() })), url: z.string() }),
    async handle({ actor }) {
      const allowed = may(actor, 'token.read')
      if (allowed !== true) throw new Refused({ ...allowed, message: allowed.message.replace('see the API tokens', 'see the alerts that came in') })
      return viewInboundPage()
    },
  }),
]
