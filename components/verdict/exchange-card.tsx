/** One question to the metrics source as it was sent, and the answer as it came: series with labels and raw values, notes, how long it took. */
import { CopyButton } from '@/components/ui/copy-button'
import { formatPlural } from '@/lib/domain/format'
import type { Exchange } from '@/lib/domain/verdict/exchange'

const ROLES: Readonly<Record<Exchange['role'], string>> = {
  candidate: 'The candidate', stable: 'The stable version', samples: 'How many samples it rests on', age: 'How old the newest is', bounds: 'The buckets of the histogram',
  history: 'The candidate over the window', 'stable-history': 'The stable version over the window', 'short-window': 'The short window', capacity: 'The capacity',
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('T', ' ').replace('.000Z', 'Z')
}

/** In: the exchange; where the source draws a query itself, `null` where the reader may not know. */
export function ExchangeCard({ exchange, graphUrl }: { exchange: Exchange; graphUrl: string | null }) {
  const { role, query, series, totalSeries, ok, error, warnings, infos, tookMs, at } = exchange
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3>{ROLES[role] ?? role}</h3>
        <span className="text-12 text-ink-3">at <span className="mono">{instant(at)}</span>, {tookMs < 1 ? 'shared with an earlier question' : `${tookMs} ms`}</span>
        <span className="ml-auto flex items-center">
          <CopyButton text={query} label="Copy query" />
          {graphUrl !== null && <a className="text-link px-2 text-12" href={`${graphUrl}${encodeURIComponent(query)}`} target="_blank" rel="noreferrer">Open in the source</a>}
        </span>
      </div>
      <QueryText query={query} />
      {!ok && <p className="break-words text-failed"><b className="font-medium">No answer.</b> {error?.message}{error && error.kind !== 'unknown' ? <span className="text-ink-3"> ({error.kind.replaceAll('-', ' ')})</span> : null}</p>}
      {ok && totalSeries === 0 && <p className="text-ink-2">The answer holds no series.</p>}
      {series.length > 0 && <SeriesTable series={series} total={totalSeries} caption={`Answer: ${ROLES[role] ?? role}`} />}
      {warnings.map((text) => <p key={text} className="text-12 break-words text-waiting">Warning: {text}</p>)}
      {infos.map((text) => <p key={text} className="text-12 break-words text-ink-2">Info: {text}</p>)}
    </li>
  )
}

/** PromQL as it is sent, wrapped where it must. */
export function QueryText({ query }: { query: string }) {
  return <pre className="mono max-h-48 overflow-y-auto rounded-control bg-sunken px-3 py-2 break-all whitespace-pre-wrap" tabIndex={0} role="region" aria-label="Query">{query}</pre>
}

function SeriesTable({ series, total, caption }: { series: Exchange['series']; total: number; caption: string }) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={caption}>
      <table className="w-full border-collapse text-left text-12">
        <thead><tr className="text-ink-3"><th scope="col" className="py-1 pr-4 font-normal">{formatPlural(total, 'series', 'series')}</th><th scope="col" className="py-1 text-right font-normal">value as received</th></tr></thead>
        <tbody className="divide-y divide-line">
          {series.map((one, at) => (
            <tr key={at} className="align-top">
              <td className="mono py-1 pr-4 wrap-anywhere">{labelsText(one.labels)}</td>
              <td className="mono py-1 text-right whitespace-nowrap">{one.value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > series.length && <p className="py-1 text-12 text-ink-3">and {formatPlural(total - series.length, 'more series', 'more series')} that {total - series.length === 1 ? 'was' : 'were'} not kept</p>}
    </div>
  )
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  const { __name__: name = '', ...rest } = labels
  const pairs = Object.entries(rest).map(([label, value]) => `${label}="${value}"`)
  return name === '' && pairs.length === 0 ? '{} (no labels)' : `${name}{${pairs.join(', ')}}`
}
