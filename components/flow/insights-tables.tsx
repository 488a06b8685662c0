/** Whom releases waited for, and what had to be done again, by gate. */
import { StripChart } from '@/components/flow/dot-chart'
import { NumberLink, type LinkTo } from '@/components/flow/number-link'
import { TeamMark } from '@/components/gate/team-mark'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { formatPlural } from '@/lib/domain/format'
import type { InsightsReport, Measured, WaiterFlow } from '@/lib/domain/flow/insights'
import { valueWords } from '@/lib/domain/flow/words'

function middle(measured: Measured): string {
  const { median, least, most, n } = measured.distribution
  if (median !== null) return valueWords(median, measured.unit)
  return n === 1 || least === most ? valueWords(least ?? 0, measured.unit) : `${valueWords(least ?? 0, measured.unit)} to ${valueWords(most ?? 0, measured.unit)}`
}

function WaitRow({ name, measured, most, to, isStrong = false }: { name: React.ReactNode; measured: Measured; most: number; to: LinkTo; isStrong?: boolean }) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto_3.5rem] items-center gap-x-3 py-1 sm:grid-cols-[minmax(0,11rem)_minmax(0,1fr)_7rem_3.5rem]">
      <span className={isStrong ? 'min-w-0 font-medium' : 'min-w-0 truncate pl-5 text-12 text-ink-2'}>{name}</span>
      <span className="order-last col-span-3 sm:order-none sm:col-span-1"><StripChart measured={measured} most={most} label={typeof name === 'string' ? name : 'All gates'} /></span>
      <span className="text-right text-12 tabular-nums">{middle(measured)}</span>
      <span className="text-right text-12"><NumberLink measure={measured.key} to={to}>n = {measured.distribution.n}</NumberLink></span>
    </li>
  )
}

function Waiter({ waiter, most, to }: { waiter: WaiterFlow; most: number; to: LinkTo }) {
  return (
    <ul role="list" className="px-4 py-2">
      <WaitRow name={waiter.shape ? <TeamMark shape={waiter.shape} name={waiter.name} /> : <span>{waiter.name}</span>} measured={waiter.all} most={most} to={to} isStrong />
      {waiter.gates.map((gate) => <WaitRow key={gate.id} name={`${gate.number} ${gate.name}`} measured={gate.waiting} most={most} to={to} />)}
    </ul>
  )
}

export function WaitingCard({ waiting, to }: { waiting: readonly WaiterFlow[]; to: LinkTo }) {
  // Elapsed time of the clock and holds is longer than any working time; each kind has its own scale.
  const most = (isTeam: boolean) => Math.max(1, ...waiting.filter((one) => (one.shape !== null) === isTeam).map((one) => one.all.distribution.most ?? 0))
  return (
    <Surface aria-label="Waiting" className="lg:col-span-2">
      <SurfaceHead title="Whom releases waited for" note={<span className="text-12">teams in their working hours, several gates at once counted once; measuring and holds elapsed</span>} />
      {waiting.length === 0 ? <p className="px-4 py-3 text-ink-3">Nothing waited in this period.</p> : <div className="divide-y divide-line">{waiting.map((one) => <Waiter key={one.id} waiter={one} most={most(one.shape !== null)} to={to} />)}</div>}
      <p className="px-4 pb-3 text-12 text-ink-3">Each stroke is a release; the bar is the half in the middle (from 8 on), the heavy stroke and the number are the median (from 5 on). {waiting.some((one) => one.shape !== null) && <>Lines of teams run from 0 to {valueWords(most(true), 'working-time')}. </>}{waiting.some((one) => one.shape === null) && <>Those of measuring and holds run from 0 to {valueWords(most(false), 'time')}. </>}Times are rounded down.</p>
    </Surface>
  )
}

export function ReworkCard({ rework, to }: { rework: InsightsReport['rework']; to: LinkTo }) {
  const { all, stale, reopened, rejected, gates } = rework
  return (
    <Surface aria-label="Done again" className="break-inside-avoid">
      <SurfaceHead title="Done again" note={<span className="text-12">sign-offs gone stale, gates reopened, rejections</span>} />
      <div className="px-4 py-3 text-ink-2">
        {all.total === 0 ? <p className="text-ink-3">Nothing had to be done again in this period.</p> : (
          <>
            <p><b className="text-20 font-medium text-ink">{all.total}</b> in <NumberLink measure="rework" to={to}>{formatPlural(all.distribution.n, 'release')}</NumberLink>: stale {stale.total} (<NumberLink measure="stale" to={to}>{formatPlural(stale.distribution.n, 'release')}</NumberLink>), reopened {reopened.total} (<NumberLink measure="reopened" to={to}>{formatPlural(reopened.distribution.n, 'release')}</NumberLink>), rejected {rejected.total} (<NumberLink measure="rejected" to={to}>{formatPlural(rejected.distribution.n, 'release')}</NumberLink>).</p>
            <ul role="list" className="mt-2">
              {gates.map((gate) => (
                <li key={gate.id} className="flex flex-wrap items-baseline justify-between gap-x-3 border-t border-line py-1 text-12">
                  <span>{gate.number} {gate.name}</span>
                  <span className="tabular-nums">{[gate.stale > 0 ? `stale ${gate.stale}` : '', gate.reopened > 0 ? `reopened ${gate.reopened}` : '', gate.rejected > 0 ? `rejected ${gate.rejected}` : ''].filter((one) => one !== '').join(', ')} · <NumberLink measure={gate.redone.key} to={to}>{formatPlural(gate.redone.distribution.n, 'release')}</NumberLink></span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Surface>
  )
}
