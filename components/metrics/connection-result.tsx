/** What a test of a connection found, in one sentence, its facts, and what it could not see. */
import { Mark } from '@/components/gate/mark'
import { Facts } from '@/components/ui/surface'
import { formatPlural } from '@/lib/domain/format'
import type { ConnectionFindings, ConnectionTest, LackingPart, SourceFlavour } from '@/lib/domain/source/view'

const FLAVOURS: Readonly<Record<SourceFlavour, string>> = { prometheus: 'Prometheus', mimir: 'Mimir or Cortex', thanos: 'Thanos', victoriametrics: 'VictoriaMetrics', unknown: 'Something that answers PromQL' }

function clockWords(seconds: number | null): string {
  if (seconds === null) return 'not told'
  if (Math.abs(seconds) <= 2) return 'agrees'
  return `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} this server`
}

function intervalWords({ intervals }: ConnectionFindings): string {
  const [only] = intervals
  if (!only) return 'not told'
  return intervals.length === 1 ? `${only.seconds} s` : intervals.map((one) => `${one.seconds} s (${formatPlural(one.targets, 'target')})`).join(', ')
}

const PARTS: Readonly<Record<LackingPart['part'], string>> = { series: 'series', labels: 'label names', metadata: 'metadata', targets: 'targets', rules: 'rules' }
const WHY: Readonly<Record<LackingPart['why'], string>> = { 'not-permitted': 'not permitted to these credentials', absent: 'not there', broken: 'answered with a fault' }

/** "Not permitted to these credentials: targets, rules. Not there: metadata." */
function lackWords(lacking: readonly LackingPart[]): string {
  const kinds = [...new Set(lacking.map((one) => one.why))]
  return kinds.map((why) => {
    const words = `${WHY[why]}: ${lacking.filter((one) => one.why === why).map((one) => PARTS[one.part]).join(', ')}.`
    return words.charAt(0).toUpperCase() + words.slice(1)
  }).join(' ')
}

/** "1 of 2 targets up; down: lost", the second half in the colour of a failure. */
function TargetWords({ found }: { found: ConnectionFindings }) {
  if (found.targets === null) return 'not told'
  return <>{found.targetsUp ?? 0} of {formatPlural(found.targets, 'target')} up{found.downJobs.length > 0 && <span className="text-failed">; down: {found.downJobs.join(', ')}</span>}</>
}

export function ConnectionResult({ result }: { result: ConnectionTest }) {
  if (!result.reachable) {
    return <p role="status" className="flex items-start gap-2 rounded-control bg-failed-bg px-3 py-2 text-failed"><span className="pt-1"><Mark state="failed" size={14} /></span><span>{result.message}</span></p>
  }
  const isApart = result.clockDifferenceSeconds !== null && Math.abs(result.clockDifferenceSeconds) > 30
  return (
    <div role="status" className="rounded-control bg-passed-bg px-3 py-2">
      <p className="flex items-center gap-2 font-medium text-passed"><Mark state="passed" size={14} />{FLAVOURS[result.flavour]}{result.version === null ? '' : ` ${result.version}`} answers in {result.tookMs} ms.</p>
      <Facts
        className="mt-1 text-12"
        items={[
          { term: 'Targets', value: <TargetWords found={result} /> },
          { term: 'Scrape interval', value: intervalWords(result) },
          { term: 'Its clock', value: clockWords(result.clockDifferenceSeconds) },
        ]}
      />
      {result.lacking.length > 0 && <p className="mt-1 text-12">{lackWords(result.lacking)} Queries work all the same.</p>}
      {isApart && <p className="mt-1 text-12">Clocks that far apart make values look old or from the future; verdicts on them are inconclusive.</p>}
    </div>
  )
}
