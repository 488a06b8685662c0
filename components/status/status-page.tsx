/** The public page as plain elements: no script, no state, the same on the server, in the preview and in a test. */
import { Rail } from '@/components/gate/rail'
import { Incident, Instant, State, type Where } from '@/components/status/incident'
import { RecordBars } from '@/components/status/record-bars'
import { StatusFoot } from '@/components/status/status-foot'
import { formatDay } from '@/lib/domain/format'
import { recordWords, shareWords, type LiveRecord } from '@/lib/domain/live/day'
import { PUBLIC_STATE_TEXT, type PublicComponent, type PublicRelease, type PublicStatus } from '@/lib/domain/status/status'

export interface StatusPageProps {
  status: PublicStatus
  /** When the facts were last read, ISO. */
  asOf: string
  /** When the page is made, ISO; later than `asOf` while the facts cannot be read. */
  now: string
  /** 1 on the page itself; deeper where the page stands inside of another, so that there is one top heading. */
  headingLevel?: 1 | 3
  /** In somebody's frame: what is now, without the past and without the foot. */
  isEmbedded?: boolean
  /** What addresses begin with; another one on the internal page, whose address is secret. */
  base?: string
  /** The zone that the reader chose, in place of the page's own. */
  zone?: string | undefined
  isSubscribable?: boolean
  /** Where release codes lead; absent where no code is shown. */
  insideUrl?: string | undefined
}

/** What is over is shown for so long; before it, it is history. */
const PAST_MS = 14 * 86_400_000

/** The facts are older than this when the database could not be read for two turns; then the page says so. */
const LATE_MS = 90_000

/** Everything between `<main>` and `</main>` of the public page. */
export function StatusPage({ status, asOf, now, headingLevel = 1, isEmbedded = false, base = '/status', zone: chosen, isSubscribable = false, insideUrl }: StatusPageProps) {
  const Title = headingLevel === 1 ? 'h1' : 'h3'
  const zone = chosen ?? status.zone
  const where: Where = { now, zone, base, query: chosen === undefined || chosen === status.zone ? '' : `?zone=${encodeURIComponent(chosen)}`, ...(isEmbedded ? { target: '_blank' } : {}) }
  const level = headingLevel === 1 ? 3 : 5
  const past = isEmbedded ? [] : status.incidents.filter((one) => one.resolvedAt !== null && Date.parse(now) - Date.parse(one.resolvedAt) < PAST_MS)
  const open = status.incidents.filter((one) => one.resolvedAt === null)
  const isEmpty = status.components.length === 0 && status.moving.length === 0 && status.incidents.length === 0
  const isLate = Date.parse(now) - Date.parse(asOf) > LATE_MS
  return (
    <>
      <div className="sp-top">
        <Title className="sp-title">{status.title}</Title>
        {isSubscribable && !isEmbedded && base === '/status' ? <a className="sp-button sp-quiet" href="/status/subscribe">Subscribe</a> : null}
      </div>
      <div className={`sp-surface sp-banner sp-${isEmpty ? 'empty' : status.indicator}`}>
        <p className="sp-headline">{status.headline}</p>
        <p className="sp-muted">
          {status.detail === '' ? null : `${status.detail} `}
          As of <Instant at={asOf} now={now} zone={zone} />.
        </p>
        {isLate ? (
          <p className="sp-late">The facts cannot be renewed at the moment; what you see is as it was then, {minutes(now, asOf)} ago.</p>
        ) : null}
      </div>
      {open.length === 0 ? null : (
        <Section level={headingLevel} title="Needs attention">{open.map((one) => <Incident key={one.id} incident={one} where={where} level={level} />)}</Section>
      )}
      {status.components.length === 0 ? null : (
        <Section level={headingLevel} title="Live now">
          <ul className="sp-surface sp-list">{status.components.map((one) => <Live key={one.id} component={one} now={now} zone={zone} />)}</ul>
        </Section>
      )}
      {status.moving.length === 0 ? null : (
        <Section level={headingLevel} title="Moving">
          <ul className="sp-surface sp-list">{status.moving.map((one) => <Moving key={one.id} release={one} now={now} zone={zone} insideUrl={insideUrl} />)}</ul>
        </Section>
      )}
      {past.length > 0 ? (
        <Section level={headingLevel} title="Past two weeks">{past.map((one) => <Incident key={one.id} incident={one} where={where} level={level} />)}</Section>
      ) : isEmbedded || open.length > 0 || status.components.length === 0 ? null : (
        <Section level={headingLevel} title="Past two weeks"><p className="sp-surface sp-incident sp-muted">Nothing went wrong, as far as it is published.</p></Section>
      )}
      {isEmbedded ? (
        <>
          <p className="sp-faint"><a className="sp-link" href="/status" target="_blank" rel="noopener">Open the status page</a></p>
          <p className="sp-faint">Times in {zone.replaceAll('_', ' ')}. A dashed mark has no measurement and counts as neither good nor bad.</p>
        </>
      ) : <StatusFoot where={where} path={base} isInternal={base !== '/status'} isSubscribable={isSubscribable} hasBars={status.components.some((one) => one.record !== undefined)} />}
    </>
  )
}

function Section({ title, level, children }: { title: string; level: 1 | 3; children: React.ReactNode }) {
  const Heading = level === 1 ? 'h2' : 'h4'
  return (
    <section className="sp-section">
      <Heading className="sp-section-title">{title}</Heading>
      {children}
    </section>
  )
}

function Live({ component, now, zone }: { component: PublicComponent; now: string; zone: string }) {
  const { name, environment, version, state, since, record } = component
  const isKnown = version !== null && !since.startsWith('1970')
  return (
    <li className="sp-row">
      <span className="sp-name">{name}</span>
      {version === null ? null : <span className="sp-mono">{version}</span>}
      {environment === null ? null : <span className="sp-faint">{environment}</span>}
      <span className="sp-end">
        {isKnown ? <span className="sp-faint">since {formatDay(since, now, zone)}</span> : null}
        {state === null ? null : <State mark={PUBLIC_STATE_TEXT[state].mark} label={PUBLIC_STATE_TEXT[state].label} />}
      </span>
      {record === undefined || version === null && record.coverage === null ? null : <Record record={record} />}
    </li>
  )
}

/** Ninety days: what was not measured stays empty and counts as neither good nor bad. */
function Record({ record }: { record: LiveRecord }) {
  return (
    <div className="sp-record">
      <RecordBars days={record.days} label={recordWords(record)} />
      <p className="sp-faint sp-ends"><span>90 days ago</span><span>{record.goodShare === null ? 'not measured' : `${shareWords(record.goodShare)} good`}{record.coverage === null || record.goodShare === null ? '' : `, ${shareWords(record.coverage)} measured`}</span><span>today</span></p>
    </div>
  )
}

function Moving({ release, now, zone, insideUrl }: { release: PublicRelease; now: string; zone: string; insideUrl: string | undefined }) {
  const { name, environment, progress, rail, targetAt, code, sentence } = release
  return (
    <li className="sp-row sp-moving">
      <div className="sp-what">
        <p className="sp-name">{name}{code === undefined ? null : <> {insideUrl === undefined ? <span className="sp-mono">{code}</span> : <a className="sp-mono sp-link" href={`${insideUrl}/releases/${code}`}>{code}</a>}</>}</p>
        <p className="sp-muted">{environment === null ? progress : `${environment}: ${progress}`}</p>
        {sentence === undefined ? null : <p className="sp-muted sp-words">{sentence}</p>}
      </div>
      {rail === null ? null : <div className="sp-rail"><Rail model={rail} size="public" /></div>}
      {targetAt === null ? null : <span className="sp-muted sp-when">planned {formatDay(targetAt, now, zone)}</span>}
    </li>
  )
}

function minutes(now: string, asOf: string): string {
  const count = Math.floor((Date.parse(now) - Date.parse(asOf)) / 60_000)
  return count === 1 ? '1 minute' : `${count} minutes`
}
