/** How the parts of an incident are called on screens. */
import type { Audience, Impact, IncidentStatus } from '@/lib/domain/incident/state'
import { INCIDENT_TEXT } from '@/lib/domain/status/status'

export const STATUS_TEXT: Readonly<Record<IncidentStatus, string>> = {
  investigating: INCIDENT_TEXT.investigating.label, identified: INCIDENT_TEXT.identified.label, monitoring: INCIDENT_TEXT.monitoring.label, resolved: INCIDENT_TEXT.resolved.label,
}
export const IMPACT_TEXT: Readonly<Record<Impact, string>> = { none: 'No impact', minor: 'Minor', major: 'Major', critical: 'Critical' }
export const AUDIENCE_TEXT: Readonly<Record<Audience, string>> = { public: 'Everyone', internal: 'Who has the secret link' }
