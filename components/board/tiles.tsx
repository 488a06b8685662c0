/** A tile per team: how many gates wait for it, since when, how long this week; pressing one filters the board by the team. */
import { TeamMark } from '@/components/gate/team-mark'
import { classes } from '@/components/ui/class-names'
import { Since } from '@/components/ui/time'
import { boardHrefNow, FilterLink } from '@/components/board/filter-link'
import { boardHref, type BoardFilters, type TeamTile } from '@/lib/domain/board'
import { formatHours } from '@/lib/domain/format'

/** The row of tiles. */
export function Tiles({ tiles, filters }: { tiles: readonly TeamTile[]; filters: BoardFilters }) {
  const longest = Math.max(1, ...tiles.map((t) => sumOf(t)))
  return (
    <ul role="list" className="mb-4 grid grid-cols-[repeat(auto-fit,minmax(min(100%,184px),1fr))] gap-3" aria-label="Waiting by team">
      {tiles.map((tile) => <Tile key={tile.team} tile={tile} longest={longest} filters={filters} />)}
    </ul>
  )
}

function Tile({ tile, longest, filters }: { tile: TeamTile; longest: number; filters: BoardFilters }) {
  const isOn = filters.team === tile.team
  return (
    <li className={classes('relative min-w-0 rounded-surface border bg-surface px-4 py-3 hover:bg-sunken has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-offset-2 has-[a:focus-visible]:outline-focus', isOn ? 'border-ink' : 'border-line')}>
      <div className="flex items-center justify-between gap-3">
        <FilterLink href={boardHref({ ...filters, team: isOn ? undefined : tile.team })} hrefNow={() => boardHrefNow((now) => ({ ...now, team: isOn ? undefined : tile.team }))} isOn={isOn} className="min-w-0 font-medium outline-none after:absolute after:inset-0">
          <TeamMark shape={tile.shape} name={tile.name} />
        </FilterLink>
        <span className="text-20 leading-6 font-semibold tracking-tight">{tile.count}</span>
      </div>
      <div className="flex flex-wrap justify-between gap-x-3 text-ink-3">
        <span>
          {tile.count === 0 ? 'nothing waits here' : tile.count === 1 ? 'gate waits here, for ' : 'gates wait here, oldest '}
          {tile.oldestSinceAt !== null && <Since at={tile.oldestSinceAt} className={tile.isLate ? 'font-medium text-waiting' : ''} />}
        </span>
        <span>this week {formatHours(tile.waitedThisWeekMs)}</span>
      </div>
      <div aria-hidden="true" className="mt-2 flex h-1.5 gap-px">
        {tile.bars.map((bar, i) => (
          <span key={i} className={classes('min-w-px rounded-[2px]', bar.isLate ? 'bg-waiting' : 'bg-line-strong')} style={{ width: `${(100 * bar.ms) / longest}%` }} />
        ))}
      </div>
    </li>
  )
}

function sumOf(tile: TeamTile): number {
  return tile.bars.reduce((sum, bar) => sum + bar.ms, 0)
}
