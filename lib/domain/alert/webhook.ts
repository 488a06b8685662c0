/** Reads what Alertmanager posts (webhook payload version 4), bounded and tolerant of fields that are not known. */
import { z } from 'zod'
import type { AlertWords, Labels } from './alert'

/** Alerts taken from one notification; Alertmanager's own `max_alerts` is for sending fewer. */
export const MOST_ALERTS = 200
const MOST_LABELS = 40

const pairs = z.record(z.string(), z.string()).default({})

const alert = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: pairs, annotations: pairs,
  startsAt: z.iso.datetime({ offset: true }),
  endsAt: z.string().default(''),
  generatorURL: z.string().default(''),
  fingerprint: z.string().default(''),
})

/** The payload as https://prometheus.io/docs/alerting/latest/configuration/#webhook_config documents it; unknown fields are dropped. */
export const webhookSchema = z.object({
  version: z.literal('4', 'Only version 4 of the webhook payload is understood.'),
  groupKey: z.string().optional(),
  status: z.enum(['firing', 'resolved']).optional(),
  receiver: z.string().optional(),
  externalURL: z.string().optional(),
  truncatedAlerts: z.int().min(0).optional(),
  alerts: z.array(alert).max(5000),
})

export type Webhook = z.infer<typeof webhookSchema>

/** Label pairs as they may be kept: names that Prometheus allows, values cut, at most forty. */
export function boundedLabels(labels: Labels): Labels {
  const fit = Object.entries(labels).filter(([name]) => /^[a-zA-Z_][a-zA-Z0-9_]{0,127}$/.test(name))
  return Object.fromEntries(fit.toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, MOST_LABELS).map(([name, value]) => [name, cut(value, 300)]))
}

function cut(text: string, length: number): string {
  // Null characters fit into neither database; a pair of surrogates is not cut apart.
  const clean = text.replaceAll('\u0000', '').toWellFormed()
  return clean.length <= length ? clean : `${clean.slice(0, length - 1).toWellFormed().replace(/\ufffd$/, '')}…`
}

/** FNV-1a over the sorted labels, as Alertmanager's own fingerprint is: for senders that leave it out. */
function fingerprintOf(labels: Labels): string {
  let hash = 0xcbf29ce484222325n
  for (const char of Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)).flat().join('\u00ff')) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(char.codePointAt(0) ?? 0)) * 0x100000001b3n)
  }
  return hash.toString(16).padStart(16, '0')
}

/** The alerts of a notification in our words. `endsAt` counts only for resolved ones: a firing alert carries the time at which it would expire. */
export function alertsOf(payload: Webhook): readonly AlertWords[] {
  return payload.alerts.slice(0, MOST_ALERTS).map((one): AlertWords => {
    const labels = boundedLabels(one.labels)
    const startsAt = new Date(one.startsAt).toISOString()
    const ended = Date.parse(one.endsAt)
    const endsAt = one.status === 'firing' ? null : new Date(Math.max(Number.isFinite(ended) ? ended : 0, Date.parse(startsAt))).toISOString()
    return {
      fingerprint: /^[0-9a-zA-Z:_-]{1,64}$/.test(one.fingerprint) ? one.fingerprint : fingerprintOf(labels), startsAt, endsAt,
      name: cut(one.labels['alertname'] ?? '', 200) || 'alert without a name', severity: cut(one.labels['severity'] ?? '', 60),
      summary: cut(one.annotations['summary'] ?? one.annotations['description'] ?? one.annotations['message'] ?? '', 1000),
      labels, sourceUrl: URL.canParse(one.generatorURL) && /^https?:$/.test(new URL(one.generatorURL).protocol) && one.generatorURL.length <= 2000 ? one.generatorURL : null,
    }
  })
}
