/** Reads the incidents of the status page for whoever writes them: what was written, and what the product found. */
import 'server-only'
import { loadAggregates, revealTexts } from '@/db/aggregate'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import { incidentResolvedAt, incidentStatus } from '@/lib/domain/incident/state'
import { may } from '@/lib/domain/policy'
import { keyedIncidents } from '@/lib/domain/status/build'
import type { IncidentsView, WrittenIncident } from '@/lib/domain/status/editor-view'
import { wordsOf } from '@/lib/domain/text'
import { loadStatusFacts } from '@/lib/server/status/facts'
import { statusKeys } from '@/lib/server/status/keys'
import { loadPeople } from '@/lib/server/view/people'

/** All written incidents, withdrawn ones too, and the findings that nobody has written about; the newest first. */
export async function viewIncidents(store: Store, actor: Actor): Promise<IncidentsView> {
  const now = new Date()
  const [written, models, environments, people, facts] = await Promise.all([
    loadAggregates(store, 'incident', 'all'), loadAggregates(store, 'model', 'all'), loadAggregates(store, 'environment', 'all'), loadPeople(store), loadStatusFacts(store, await statusKeys(store), now),
  ])
  const words = await revealTexts(store, [...written.keys()])
  const reveal = (hash: string) => words.get(hash)
  const nameOf = (personId: string) => people.get(personId)?.name ?? 'someone'
  const outside = keyedIncidents(facts, 'public')
  const inside = keyedIncidents(facts, 'internal')
  const pathOf = (key: string) => { const found = outside.find((one) => one.key === key); return found ? `/status/incidents/${found.incident.id}` : null }
  const told = [...written.values()].map(({ state }): WrittenIncident => ({
    id: state.id, about: state.about, audience: state.audience, title: wordsOf(state.title, reveal), impact: state.impact, status: incidentStatus(state), places: state.places,
    updates: state.updates.map((one) => ({ ...one, text: wordsOf(one.text, reveal), by: nameOf(one.by) })),
    postMortem: state.postMortem === null ? null : wordsOf(state.postMortem.text, reveal), startedAt: state.startedAt, resolvedAt: incidentResolvedAt(state),
    withdrawn: state.withdrawn === null ? null : { at: state.withdrawn.at, by: nameOf(state.withdrawn.by), reason: wordsOf(state.withdrawn.reason, reveal) },
    path: state.withdrawn !== null || state.audience === 'internal' ? null : pathOf(state.about ?? state.id),
  })).toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))
  const isTold = new Set(told.flatMap((one) => (one.about === null || one.withdrawn !== null ? [] : [one.about])))
  const found = [...outside.map((one) => ({ ...one, audience: 'public' as const })), ...inside.filter((one) => !outside.some((other) => other.key === one.key)).map((one) => ({ ...one, audience: 'internal' as const }))]
    .filter(({ key, incident }) => incident.kind !== 'written' && !isTold.has(key))
    .map(({ key, incident: { name, status, startedAt, impact }, audience }) => ({ key, name, status, startedAt, impact, audience, path: pathOf(key) }))
    .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))
  const allowed = may(actor, 'incident.open')
  const named = (list: typeof models | typeof environments) => [...list.values()].filter(({ state }) => state.archivedAt === null).map(({ state: { id, name } }) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
  return { written: told, found, models: named(models), environments: named(environments), zone: facts.settings.zone, asOf: now.toISOString(), refusal: allowed === true ? null : allowed.message }
}
