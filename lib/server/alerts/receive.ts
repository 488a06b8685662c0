/** Takes in a notification of Alertmanager: finds whom each alert is about, records it there once, and notes what matched nobody. */
import 'server-only'
import { z } from 'zod'
import { forgetInbound, inboundAlerts, inboundWrite } from '@/db/inbound-alert'
import type { TokenActor } from '@/lib/domain/actor'
import type { AlertWords } from '@/lib/domain/alert/alert'
import { belonging, type AlertOwner } from '@/lib/domain/alert/match'
import type { InboundAlertsView, InboundView } from '@/lib/domain/alert/view'
import { alertsOf, type Webhook } from '@/lib/domain/alert/webhook'
import { alertOwners } from '@/lib/server/alerts/owners'
import { env } from '@/lib/server/env'
import { execute } from '@/lib/server/execute'
import { rawStore } from '@/lib/server/raw-store'

export interface Received {
  readonly alerts: number
  readonly matched: number
  readonly unmatched: number
  /** Beyond what one notification may carry. */
  readonly dropped: number
}

/** How many alerts of one firing are shown to an admin. */
const SHOWN = 200

async function recordAt(owner: AlertOwner, alert: AlertWords, actor: TokenActor): Promise<string> {
  const state = alert.endsAt === null ? 'firing' : `resolved ${alert.endsAt}`
  const result = await execute({
    kind: owner.kind, id: owner.id, command: { type: 'record-alert', ...alert }, actor,
    // The same news of the same firing is one command, however often Alertmanager sends it; the decision itself would say so, too.
    key: `alert ${owner.id} ${alert.fingerprint} ${alert.startsAt} ${state}`.slice(0, 250),
  })
  return result.ok ? '' : result.refusal.message
}

/**
 * In: the notification, the token that brought it, the environment it speaks for (slug, or null for any), when.
 * Out: how many alerts matched. Throws when the storage fails, so that Alertmanager sends it again.
 */
export async function receiveAlerts(payload: Webhook, actor: TokenActor, environmentSlug: string | null, now: Date): Promise<Received> {
  const store = await rawStore()
  const owners = (await alertOwners(store)).filter((owner) => actor.modelIds.length === 0 || actor.modelIds.includes(owner.modelId))
  const alerts = alertsOf(payload)
  let matched = 0
  for (const alert of alerts) {
    const found = belonging(alert.labels, owners, environmentSlug)
    const targets: { kind: string; id: string; name: string; trouble: string }[] = []
    for (const owner of found.owners) targets.push({ kind: owner.kind, id: owner.id, name: owner.name, trouble: await recordAt(owner, alert, actor) })
    const isMatched = targets.some((target) => target.trouble === '')
    if (isMatched) matched += 1
    const { fingerprint, startsAt, endsAt, name, severity, summary, labels } = alert
    await store.commit({ writes: [inboundWrite({ id: `${fingerprint} ${startsAt}`, receivedAt: now, isMatched, body: { name, severity, summary, labels, startsAt, endsAt, targets, reason: found.reason, by: actor.name } })] })
  }
  await forgetInbound(store)
  return { alerts: alerts.length, matched, unmatched: alerts.length - matched, dropped: payload.alerts.length - alerts.length + (payload.truncatedAlerts ?? 0) }
}

const kept = z.object({
  name: z.string(), severity: z.string(), summary: z.string(), labels: z.record(z.string(), z.string()), startsAt: z.string(), endsAt: z.string().nullable(), reason: z.string(), by: z.string(),
  targets: z.array(z.object({ kind: z.enum(['release', 'live']), id: z.string(), name: z.string(), trouble: z.string() })),
})

/** The page of alerts: where they are sent to, and what came in. */
export async function viewInboundPage(): Promise<InboundAlertsView> {
  return { alerts: await viewInbound(), url: `${env().publicUrl}/api/v1/alerts/alertmanager` }
}

/** The alerts that came in last, newest first, with what became of each. */
async function viewInbound(): Promise<readonly InboundView[]> {
  const rows = await inboundAlerts(await rawStore(), SHOWN)
  return rows.flatMap((row): readonly InboundView[] => {
    const body = kept.safeParse(row.body)
    return body.success ? [{ ...body.data, id: row.id, receivedAt: row.receivedAt.toISOString(), isMatched: row.isMatched }] : []
  })
}
