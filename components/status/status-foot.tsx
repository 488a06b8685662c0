/** The foot of every public page: the same facts for readers and programs, and the times in another zone, without script. */
import type { Where } from '@/components/status/incident'
import { pageZones } from '@/lib/domain/status/zones'

interface StatusFootProps {
  where: Where
  /** Where the choice of another zone leads: the page itself. */
  path: string
  /** Kept beside the zone when another one is chosen. */
  month?: string
  isInternal: boolean
  isSubscribable: boolean
  /** Whether there are ninety days above whose dashed marks want a word. */
  hasBars?: boolean
}

export function StatusFoot({ where, path, month, isInternal, isSubscribable, hasBars = false }: StatusFootProps) {
  const { zone, base, query } = where
  return (
    <footer className="sp-foot">
      <p className="sp-faint">
        {path === base ? null : <><a className="sp-link" href={`${base}${query}`}>Status</a> · </>}
        <a className="sp-link" href={`${base}/history${query}`}>History</a>
        {isInternal ? null : (
          <>
            {isSubscribable ? <> · <a className="sp-link" href={`/status/subscribe`}>Subscribe</a></> : null}
            {' '}· <a className="sp-link" href="/status/history.atom">Feed</a> · <a className="sp-link" href="/status/releases.ics">Calendar of planned releases</a> · <a className="sp-link" href="/api/v2/summary.json">JSON</a>
          </>
        )}
      </p>
      <details className="sp-zone">
        <summary className="sp-faint">Times in {zone.replaceAll('_', ' ')}</summary>
        <form action={path} method="get">
          {month === undefined ? null : <input type="hidden" name="month" value={month} />}
          <label>Show times in <select name="zone" defaultValue={zone}>{pageZones(zone).map((one) => <option key={one} value={one}>{one.replaceAll('_', ' ')}</option>)}</select></label>
          {' '}<button className="sp-button" type="submit">Show</button>
        </form>
      </details>
      {hasBars ? <p className="sp-faint">A dashed mark has no measurement and counts as neither good nor bad.</p> : null}
    </footer>
  )
}
