'use client'
/** The filters of the board in one line: all, four choices, two switches; the URL holds them. */
import { boardHrefNow, FilterToggle, goToFilters } from '@/components/board/filter-link'
import { classes } from '@/components/ui/class-names'
import { boardHref, type BoardFilters, type BoardView, type FilterOption } from '@/lib/domain/board'

/** In: the board's own options with counts, and the filters that are on. */
export function Filters({ view, filters }: { view: BoardView; filters: BoardFilters }) {
  const isAll = boardHref(filters) === '/'
  const { teams, models, environments, states, mine, overdue } = view.filters
  return (
    <div role="group" aria-label="Filters" className="-mx-4 mb-2 flex items-center gap-2 overflow-x-auto px-4 py-1 md:mx-0 md:flex-wrap md:overflow-visible md:px-0">
      <FilterToggle href="/" isOn={isAll} count={view.total}>In flight</FilterToggle>
      <Choice name="Team" value={filters.team} options={teams} onChoose={(team) => goToFilters(boardHrefNow((now) => ({ ...now, team })))} />
      <Choice name="Model" value={filters.model} options={models} onChoose={(model) => goToFilters(boardHrefNow((now) => ({ ...now, model })))} />
      <Choice name="Environment" value={filters.environment} options={environments} onChoose={(environment) => goToFilters(boardHrefNow((now) => ({ ...now, environment })))} />
      <Choice name="State" value={filters.state} options={states} onChoose={(state) => goToFilters(boardHrefNow((now) => ({ ...now, state })))} />
      <FilterToggle href={boardHref({ ...filters, overdue: !filters.overdue })} hrefNow={() => boardHrefNow((now) => ({ ...now, overdue: !filters.overdue }))} isOn={filters.overdue === true} count={overdue}>Overdue</FilterToggle>
      <FilterToggle href={boardHref({ ...filters, mine: !filters.mine })} hrefNow={() => boardHrefNow((now) => ({ ...now, mine: !filters.mine }))} isOn={filters.mine === true} count={mine}>Mine</FilterToggle>
    </div>
  )
}

function Choice({ name, value, options, onChoose }: { name: string; value: string | undefined; options: readonly FilterOption[]; onChoose: (value: string | undefined) => void }) {
  const isOn = value !== undefined
  const isKnown = !isOn || options.some((o) => o.value === value)
  return (
    <label className={classes('relative inline-flex h-7 shrink-0 items-center gap-1 rounded-control border bg-surface pl-2 text-12 text-ink-2 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus hover:bg-sunken', isOn ? 'border-ink' : 'border-line')}>
      {name}
      <select aria-label={name} value={value ?? ''} onChange={(event) => onChoose(event.target.value === '' ? undefined : event.target.value)} className="field-sizing-content h-full max-w-40 appearance-none rounded-control bg-transparent pr-2 font-medium text-ink outline-none">
        <option value="">any</option>
        {!isKnown && <option value={value}>{value}</option>}
        {options.map((o) => <option key={o.value} value={o.value}>{`${o.label} (${o.count})`}</option>)}
      </select>
    </label>
  )
}
