/** Makes the Atom feed of the status page: what went wrong and what is planned, one entry each, the same id over all its updates. */
import { Feed } from 'feed'
import { INCIDENT_TEXT, type PublicIncident } from '@/lib/domain/status/status'
import { oneLine } from '@/lib/domain/message/cut'
import { plannedReleases } from '@/lib/domain/status/planned'
import type { StatusSnapshot } from '@/lib/public/status-feed'

/** Readers hold some dozens; older ones are history that the page shows. */
const ENTRIES = 50

interface Entry {
  readonly id: string
  readonly title: string
  readonly at: string
  readonly since: string
  readonly lines: readonly string[]
  readonly link: string
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '')

function incidentEntry(one: PublicIncident, url: string): Entry {
  const lines = one.updates.map((update) => `${INCIDENT_TEXT[update.status].label}, ${update.at.slice(0, 16).replace('T', ' ')} UTC: ${update.text}`)
  const learnt = one.postMortem ? [`What we learnt, ${one.postMortem.at.slice(0, 16).replace('T', ' ')} UTC: ${one.postMortem.text}`] : []
  const at = [one.startedAt, ...one.updates.flatMap((update) => [update.at, update.correctedAt ?? update.at]), one.postMortem?.at ?? one.startedAt].toSorted().at(-1) ?? one.startedAt
  return { id: `incident-${one.id}`, title: `${one.name} (${INCIDENT_TEXT[one.status].label.toLowerCase()})`, at, since: one.startedAt, lines: [...learnt, ...lines], link: `${url}/incidents/${one.id}` }
}

/** In: the picture, the page's address. Out: an Atom 1.0 document; every word of it is escaped. */
export function statusAtom({ status, asOf }: StatusSnapshot, url: string): string {
  const planned = plannedReleases(status).map((one): Entry => ({
    id: `planned-${one.id}`, title: `${one.isRollingOut ? 'Rolling out' : 'Planned'}: ${one.name}`, at: asOf, since: one.startsAt, link: url,
    lines: [one.words, `Planned for ${one.startsAt.slice(0, 10)}.`],
  }))
  const incidents = status.incidents.map((one) => incidentEntry(one, url))
  const newest = [...incidents.map((one) => one.at), ...(planned.length > 0 ? [asOf] : [])].toSorted().at(-1) ?? asOf
  // Titles and contents of entries are HTML inside of CDATA, which escaped words cannot end.
  const feed = new Feed({ title: oneLine(status.title), id: url, link: url, updated: new Date(newest), generator: 'Gatehouse', feedLinks: { atom: `${url}/history.atom` } })
  for (const { id, title, at, since, lines, link } of [...planned, ...incidents].slice(0, ENTRIES)) {
    feed.addItem({ id: `${url}#${id}`, title: escaped(oneLine(title)), link, date: new Date(at), published: new Date(since), content: lines.map((line) => `<p>${escaped(oneLine(line))}</p>`).join('') })
  }
  return feed.atom1()
}
