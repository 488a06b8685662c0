/** One incident as the public reads it: its updates, the newest first, and what was learnt from it. */
import { Mark } from '@/components/gate/mark'
import { MarkdownText } from '@/components/status/markdown-text'
import { formatExact, formatMoment } from '@/lib/domain/format'
import { INCIDENT_TEXT, type PublicIncident } from '@/lib/domain/status/status'

export interface Where {
  now: string
  zone: string
  /** What the address of every page of this audience begins with: /status, or that of the secret link. */
  base: string
  /** Kept in links, where somebody chose another zone than the page's own; empty or `?zone=…`. */
  query: string
  /** Set in somebody's frame, where no page but the embedded one may stand. */
  target?: '_blank'
}

/** In: the incident, where it stands; `isWhole` shows the post-mortem in full, under a heading that names the incident, where else a link leads to it. `level` is that of its heading. */
export function Incident({ incident, where, isWhole = false, level = 3 }: { incident: PublicIncident; where: Where; isWhole?: boolean; level?: 2 | 3 | 5 }) {
  const { id, name, status, updates, postMortem, impact } = incident
  const Heading = `h${level}` as const
  const link = `${where.base}/incidents/${id}${where.query}`
  const apart = where.target === undefined ? {} : { target: where.target, rel: 'noopener' }
  return (
    <article className="sp-surface sp-incident" id={`incident-${id}`}>
      <div className="sp-row-head">
        {isWhole ? null : <Heading className="sp-name"><a className="sp-quiet" href={link} {...apart}>{name}</a></Heading>}
        <State mark={INCIDENT_TEXT[status].mark} label={INCIDENT_TEXT[status].label} />
        {impact === 'critical' && status !== 'resolved' ? <State mark="failed" label="Critical" /> : impact === 'none' ? null : <span className="sp-faint">{impact} impact</span>}
      </div>
      <ol className="sp-updates">
        {updates.map((update, index) => (
          <li key={`${update.status} ${update.at} ${index}`}>
            <b>{INCIDENT_TEXT[update.status].label}</b> <span className="sp-faint"><Instant at={update.at} {...where} />{update.correctedAt === undefined ? null : ', corrected'}</span>
            <p className="sp-muted sp-words">{update.text}</p>
          </li>
        ))}
      </ol>
      {postMortem === undefined ? null : isWhole ? (
        <div className="sp-post-mortem">
          <p className="sp-name">What we learnt <span className="sp-faint"><Instant at={postMortem.at} {...where} /></span></p>
          <MarkdownText text={postMortem.text} />
        </div>
      ) : <p className="sp-muted"><a className="sp-link" href={link} {...apart}>What we learnt from it</a></p>}
    </article>
  )
}

export function State({ mark, label }: { mark: Parameters<typeof Mark>[0]['state']; label: string }) {
  return <span className={`sp-pill sp-is-${mark}`}><Mark state={mark} size={12} />{label}</span>
}

export function Instant({ at, now, zone }: Pick<Where, 'now' | 'zone'> & { at: string }) {
  return <time dateTime={at} title={formatExact(at, zone)}>{formatMoment(at, now, zone)} {zoneName(zone)}</time>
}

/** "UTC", or the last part of a name such as Europe/Berlin. */
export function zoneName(zone: string): string {
  return zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone
}
