/** How past forecasts of the go did, or why there are none yet. */
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { formatPercent, formatPlural } from '@/lib/domain/format'
import type { ForecastRecord } from '@/lib/domain/flow/insights'

export function ForecastRecordCard({ record: { finished, least, backtest } }: { record: ForecastRecord }) {
  return (
    <Surface aria-label="Forecasts" id="forecast" className="break-inside-avoid lg:col-span-2">
      <SurfaceHead title="How forecasts of the go did" note={<span className="text-12">of the whole installation</span>} />
      <div className="flex flex-col gap-2 px-4 py-3 text-ink-2">
        {finished < least && <p>No forecasts yet: they need {least} finished releases that had a go, and there {finished === 1 ? 'is 1' : `are ${finished}`}.</p>}
        {finished >= least && (!backtest || backtest.forecasts === 0) && <p>Forecasts are made from {formatPlural(finished, 'finished release')}. None of them could be checked yet: when those releases were opened, fewer than {least} had finished.</p>}
        {finished >= least && backtest && backtest.forecasts > 0 && (
          <>
            <p>{formatPlural(backtest.forecasts, 'forecast')} for {formatPlural(backtest.releases.length, 'release')}, each made from what was known then: at the opening and whenever a gate passed.</p>
            <ul role="list">
              {backtest.hits.map(({ coverage, hits }) => <li key={coverage}>The {formatPercent(coverage)} interval held the go in <b className="font-medium text-ink tabular-nums">{hits} of {backtest.forecasts}</b> ({formatPercent(Math.round((hits / backtest.forecasts) * 100) / 100)}).</li>)}
            </ul>
            {backtest.releases.length < 20 && <p className="text-12 text-ink-3">{formatPlural(backtest.releases.length, 'release')} {backtest.releases.length === 1 ? 'says' : 'say'} little yet, and forecasts for one release are alike.</p>}
          </>
        )}
      </div>
    </Surface>
  )
}
