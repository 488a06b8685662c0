/** The words of the commands about alerts, shared by releases and live versions. */
import { z } from 'zod'
import { instant } from '@/lib/domain/words'
import { PROPOSES } from './alert'

const labelName = z.string().max(128).regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'A label name has letters, digits and underscores only.')
const labels = z.record(labelName, z.string().max(300)).refine((all) => Object.keys(all).length <= 40, 'At most 40 labels.')

/** `record-alert`, which the webhook makes from what Alertmanager sent. */
export const recordAlertFields = {
  fingerprint: z.string().regex(/^[0-9a-zA-Z:_-]{1,64}$/), startsAt: instant, endsAt: instant.nullable(), name: z.string().min(1).max(200), severity: z.string().max(60),
  summary: z.string().max(2000), labels, sourceUrl: z.url({ protocol: /^https?$/ }).max(2000).nullable(),
} as const

/** `set-alerting`; null goes back to the labels of the metrics. */
export const setAlertingFields = {
  alerting: z.strictObject({ matchers: labels.refine((all) => Object.keys(all).length > 0, 'Name at least one label, or every alert would match.'), proposes: z.enum(PROPOSES) }).nullable(),
} as const

/** `dismiss-proposal`: why a proposed roll-back is not taken. */
export const dismissFields = { proposalId: z.string().min(1).max(300), reason: z.string().trim().min(1).max(10_000) } as const
