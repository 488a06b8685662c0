/** How the parts of an incident are called on screens. */
import type { Audience, Impact, IncidentStatus } from '@/lib/domain/incident/state'

export const STATUS_TEXT: Readonly<Record<IncidentStatus, string>> = { investigating: 'Investigating', identified: 'Identified', monitoring: 'Monitoring', resolved: 'Resolved' }
export const IMPACT_TEXT: Readonly<Record<Impact, string>> = { none: 'No impact', minor: 'Minor', major: 'Major', critical: 'Critical' }
export const AUDIENCE_TEXT: Readonly<Record<Audience, string>> = { public: 'Everyone', internal: 'Who has the secret link' }
