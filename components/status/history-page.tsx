/** What went wrong in one month, and the way to the months before and after. */
import { Incident, type Where } from '@/components/status/incident'
import { incidentsIn, type Month } from '@/lib/domain/status/history'
import type { PublicStatus } from '@/lib/domain/status/status'

interface HistoryPageProps {
  status: PublicStatus
  where: Where
  months: readonly Month[]
  /** One of the months. */
  month: Month
}

export function HistoryPage({ status, where, months, month }: HistoryPageProps) {
  const incidents = incidentsIn(status.incidents, month.key, where.zone)
  const at = months.findIndex((one) => one.key === month.key)
  const link = ({ key }: Month) => `${where.base}/history?month=${key}${where.query.replace('?', '&')}`
  const [newer, older] = [months[at - 1], months[at + 1]]
  return (
    <>
      <p className="sp-faint sp-above"><a className="sp-link" href={`${where.base}${where.query}`}>{status.title}</a></p>
      <h1 className="sp-title">{month.name}</h1>
      {incidents.length === 0 ? <p className="sp-surface sp-incident sp-muted">Nothing went wrong in this month, as far as it is published.</p> : incidents.map((one) => <Incident key={one.id} incident={one} where={where} level={2} />)}
      <nav className="sp-months" aria-label="Other months">
        {older === undefined ? <span /> : <a className="sp-link" rel="prev" href={link(older)}>← {older.name}</a>}
        {newer === undefined ? <span /> : <a className="sp-link" rel="next" href={link(newer)}>{newer.name} →</a>}
      </nav>
    </>
  )
}

/** One incident under its own address, with all that was told. */
export function IncidentPage({ status, where, id }: { status: PublicStatus; where: Where; id: string }) {
  const incident = status.incidents.find((one) => one.id === id)
  if (incident === undefined) return null
  const affected = status.components.filter((one) => incident.componentIds.includes(one.id)).map((one) => (one.environment === null ? one.name : `${one.name}, ${one.environment}`))
  return (
    <>
      <p className="sp-faint sp-above"><a className="sp-link" href={`${where.base}${where.query}`}>{status.title}</a></p>
      <h1 className="sp-title">{incident.name}</h1>
      {affected.length === 0 ? null : <p className="sp-muted sp-above">Affected: {affected.join('; ')}.</p>}
      <Incident incident={incident} where={where} isWhole level={2} />
    </>
  )
}
