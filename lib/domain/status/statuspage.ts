/** The public picture in the shape of the Statuspage API, version 2, with every key that its clients expect. */

import { plannedReleases, type PlannedRelease } from './planned'
import type { Impact, IncidentStatus } from '@/lib/domain/incident/state'
import type { PublicComponent, PublicIncident, PublicState, PublicStatus } from './status'

export interface StatuspageOptions {
  /** Address of the page, such as https://gate.example/status. */
  readonly url: string
  readonly pageId: string
  /** When the picture was last known to be true, ISO. */
  readonly updatedAt: string
}

type Indicator = 'none' | 'minor' | 'major' | 'critical' | 'maintenance'
type ComponentStatus = 'operational' | 'degraded_performance' | 'partial_outage' | 'major_outage' | 'under_maintenance'

export interface StatuspageComponent {
  readonly id: string
  readonly name: string
  readonly status: ComponentStatus
  readonly created_at: string
  readonly updated_at: string
  readonly position: number
  readonly description: string | null
  readonly showcase: boolean
  readonly start_date: string | null
  readonly group_id: string | null
  readonly page_id: string
  readonly group: boolean
  readonly only_show_if_degraded: boolean
}

export interface StatuspageIncident {
  readonly id: string
  readonly name: string
  readonly status: IncidentStatus | 'postmortem'
  readonly created_at: string
  readonly updated_at: string
  readonly monitoring_at: string | null
  readonly resolved_at: string | null
  readonly impact: Indicator
  readonly shortlink: string
  readonly started_at: string
  readonly page_id: string
  readonly incident_updates: readonly {
    readonly id: string; readonly status: IncidentStatus | 'postmortem'; readonly body: string; readonly incident_id: string
    readonly created_at: string; readonly updated_at: string; readonly display_at: string
    readonly affected_components: readonly { readonly code: string; readonly name: string; readonly old_status: ComponentStatus; readonly new_status: ComponentStatus }[] | null
    readonly deliver_notifications: boolean; readonly custom_tweet: string | null; readonly tweet_id: string | null
  }[]
  readonly components: readonly StatuspageComponent[]
  readonly reminder_intervals: string | null
}

// The de-facto API knows no "not measured" and no "nothing live": the first has no known problem, the second is left out.
const COMPONENT_STATUS: Readonly<Record<Exclude<PublicState, 'nothing-live'>, ComponentStatus>> = {
  'stable': 'operational', 'unmeasured': 'operational', 'at-risk': 'degraded_performance', 'rolling-back': 'partial_outage',
}

export interface StatuspageMaintenance extends Omit<StatuspageIncident, 'status' | 'incident_updates'> {
  readonly status: 'scheduled' | 'in_progress'
  readonly incident_updates: readonly (Omit<StatuspageIncident['incident_updates'][number], 'status'> & { readonly status: 'scheduled' | 'in_progress' })[]
  readonly scheduled_for: string
  readonly scheduled_until: string
}

/** The words that Statuspage itself uses for its indicators; clients compare them. */
const DESCRIPTION: Readonly<Record<PublicStatus['indicator'], string>> = {
  none: 'All Systems Operational', minor: 'Minor Service Outage', major: 'Partial System Outage', critical: 'Major Service Outage',
}

const ORDER: readonly ComponentStatus[] = ['operational', 'under_maintenance', 'degraded_performance', 'partial_outage', 'major_outage']
/** What a written incident of that impact says of what it affects. */
const AFFECTED: Readonly<Record<Impact, ComponentStatus>> = { none: 'operational', minor: 'degraded_performance', major: 'partial_outage', critical: 'major_outage' }

function worse(measured: ComponentStatus, written: readonly ComponentStatus[]): ComponentStatus {
  return [measured, ...written].reduce((a, b) => (ORDER.indexOf(b) > ORDER.indexOf(a) ? b : a))
}

/** All documents of the API, by path. In: the public picture. Out: plain objects; nothing that is not in the picture. */
export function statuspageDocuments(status: PublicStatus, options: StatuspageOptions): Readonly<Record<string, object>> {
  const page = { id: options.pageId, name: status.title, url: options.url, time_zone: status.zone, updated_at: options.updatedAt }
  const components = status.components.flatMap((one, index) => componentOf(one, index, status, options))
  const incidents = status.incidents.map((one) => incidentOf(one, components, options))
  const overall = { indicator: status.indicator, description: DESCRIPTION[status.indicator] }
  const unresolved = incidents.filter((one) => one.resolved_at === null)
  const planned = plannedReleases(status).map((one) => maintenanceOf(one, components, options))
  const upcoming = planned.filter((one) => one.status === 'scheduled')
  const active = planned.filter((one) => one.status === 'in_progress')
  return {
    '/api/v2/summary.json': { page, components, incidents: unresolved, scheduled_maintenances: planned, status: overall },
    '/api/v2/status.json': { page, status: overall },
    '/api/v2/components.json': { page, components },
    '/api/v2/incidents.json': { page, incidents: incidents.slice(0, 50) },
    '/api/v2/incidents/unresolved.json': { page, incidents: unresolved },
    '/api/v2/scheduled-maintenances.json': { page, scheduled_maintenances: planned },
    '/api/v2/scheduled-maintenances/upcoming.json': { page, scheduled_maintenances: upcoming },
    '/api/v2/scheduled-maintenances/active.json': { page, scheduled_maintenances: active },
  }
}

function componentOf(one: PublicComponent, index: number, { incidents }: PublicStatus, { pageId, updatedAt }: StatuspageOptions): readonly StatuspageComponent[] {
  if (one.state === null || one.state === 'nothing-live') return []
  const said = [one.version === null ? null : `Version ${one.version}`, one.state === 'unmeasured' ? 'not measured' : null].filter((part) => part !== null)
  return [{
    id: one.id, name: one.environment === null ? one.name : `${one.name}, ${one.environment}`, status: worse(COMPONENT_STATUS[one.state], incidents.filter((incident) => incident.kind === 'written' && incident.resolvedAt === null && incident.componentIds.includes(one.id)).map((incident) => AFFECTED[incident.impact])),
    created_at: one.since, updated_at: updatedAt, position: index + 1, description: said.length === 0 ? null : said.join(', '), showcase: true,
    start_date: one.since.slice(0, 10), group_id: null, page_id: pageId, group: false, only_show_if_degraded: false,
  }]
}

function incidentOf(one: PublicIncident, components: readonly StatuspageComponent[], { pageId, url }: StatuspageOptions): StatuspageIncident {
  const affected = components.filter((component) => one.componentIds.includes(component.id))
  const changed = affected.map(({ id, name, status }) => ({ code: id, name, old_status: 'operational' as const, new_status: status }))
  const told = [
    ...(one.postMortem ? [{ status: 'postmortem' as const, at: one.postMortem.at, text: one.postMortem.text }] : []),
    ...one.updates,
  ]
  const newest = told.map((update) => update.at).toSorted().at(-1) ?? one.startedAt
  return {
    id: one.id, name: one.name, status: one.postMortem && one.resolvedAt !== null ? 'postmortem' : one.status, created_at: one.startedAt, updated_at: newest,
    monitoring_at: one.updates.find((update) => update.status === 'monitoring')?.at ?? null, resolved_at: one.resolvedAt, impact: one.impact,
    shortlink: `${url}/incidents/${one.id}`, started_at: one.startedAt, page_id: pageId,
    incident_updates: told.map((update, index) => ({
      id: `${one.id}-${told.length - index}`, status: update.status, body: update.text, incident_id: one.id,
      created_at: update.at, updated_at: update.at, display_at: update.at, affected_components: changed.length > 0 ? changed : null,
      deliver_notifications: false, custom_tweet: null, tweet_id: null,
    })),
    components: affected, reminder_intervals: null,
  }
}

/** A release with a planned day, as the API speaks of maintenance: its impact is none until something goes wrong, which is then an incident of its own. */
function maintenanceOf(one: PlannedRelease, components: readonly StatuspageComponent[], { pageId, url, updatedAt }: StatuspageOptions): StatuspageMaintenance {
  const status = one.isRollingOut ? 'in_progress' as const : 'scheduled' as const
  return {
    id: one.id, name: one.name, status, created_at: updatedAt, updated_at: updatedAt, monitoring_at: null, resolved_at: null, impact: 'maintenance',
    shortlink: url, started_at: one.startsAt, page_id: pageId,
    incident_updates: [{
      id: `${one.id}-1`, status, body: one.words, incident_id: one.id, created_at: updatedAt, updated_at: updatedAt, display_at: updatedAt,
      affected_components: null, deliver_notifications: false, custom_tweet: null, tweet_id: null,
    }],
    components: components.filter((component) => component.id === one.componentId), reminder_intervals: null,
    scheduled_for: one.startsAt, scheduled_until: one.endsAt,
  }
}
