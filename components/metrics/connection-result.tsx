/** What a test of a connection found, in one sentence and its facts. */
import { Mark } from '@/components/gate/mark'
import { Facts } from '@/components/ui/surface'
import { formatPlural } from '@/lib/domain/format'
import type { ConnectionTest } from '@/lib/domain/source/view'

const FLAVOURS: Readonly<Record<string, string>> = { prometheus: 'Prometheus', mimir: 'Mimir', thanos: 'Thanos', victoriametrics: 'VictoriaMetrics', unknown: 'Something that answers PromQL' }

function clockWords(seconds: number | null): string {
  if (seconds === null) return 'not told'
  if (Math.abs(seconds) <= 2) return 'agrees'
  return `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} this server`
}

export function ConnectionResult({ result }: { result: ConnectionTest }) {
  if (!result.reachable) {
    return <p role="status" className="flex items-start gap-2 rounded-control bg-failed-bg px-3 py-2 text-failed"><span className="pt-1"><Mark state="failed" size={14} /></span><span>{result.message}</span></p>
  }
  return (
    <div role="status" className="rounded-control bg-passed-bg px-3 py-2">
      <p className="flex items-center gap-2 font-medium text-passed"><Mark state="passed" size={14} />{FLAVOURS[result.flavour] ?? result.flavour}{result.version === null ? '' : ` ${result.version}`} answers in {result.tookMs} ms.</p>
      <Facts
        className="mt-1 text-12"
        items={[
          { term: 'Targets', value: result.targets === null ? 'not told' : `${result.targetsUp ?? 0} of ${formatPlural(result.targets, 'target')} up` },
          { term: 'Scrape interval', value: result.scrapeIntervalSeconds === null ? 'not told' : `${result.scrapeIntervalSeconds} s` },
          { term: 'Its clock', value: clockWords(result.clockDifferenceSeconds) },
        ]}
      />
    </div>
  )
}
