'use client'
/** All decisions with search and filter, a page at a time; the address holds all of it, so that a list can be shared and come back to. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useDeferredValue, useEffect, useRef } from 'react'
import { goToFilters } from '@/components/board/filter-link'
import { decisionKindName } from '@/components/decision/kind'
import { AppLink } from '@/components/ui/app-link'
import { Button, ButtonLink } from '@/components/ui/button'
import { Field, Select, TextInput } from '@/components/ui/field'
import { Pill } from '@/components/ui/pill'
import { EmptyState, FilterChip } from '@/components/ui/small'
import { PageHead, Row, Rows, Surface } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { peopleQuery } from '@/lib/client/people'
import { decisionsQuery, filtersOf, type DecisionFilters, type DecisionPage } from '@/lib/client/queries'
import { modelsQuery } from '@/lib/client/scene'
import { formatPlural } from '@/lib/domain/format'
import { DECISION_KINDS } from '@/lib/domain/release/state'
import type { DecisionLine } from '@/lib/domain/release/work'

function addressOf(filters: DecisionFilters): string {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== '')).toString()
  return query ? `/decisions?${query}` : '/decisions'
}

function kindWords(kind: string): string {
  const known = DECISION_KINDS.find((one) => one === kind)
  return known ? decisionKindName(known) : kind
}

export function DecisionList() {
  const params = useSearchParams()
  const filters = filtersOf((name) => params.get(name))
  const settled = useDeferredValue(addressOf(filters))
  const search = new URLSearchParams(settled.split('?')[1] ?? '')
  const { data } = useSuspenseQuery(decisionsQuery(filtersOf((name) => search.get(name))))
  const { data: models } = useSuspenseQuery(modelsQuery())
  const { data: known } = useSuspenseQuery(peopleQuery())
  // Another list begins with its newest.
  const listed = { ...filters, before: '' }
  const set = (change: Partial<DecisionFilters>) => goToFilters(addressOf({ ...listed, ...change }))
  const words = useRef<HTMLInputElement>(null)
  useEffect(() => {
    // Who types is ahead of the address; whoever else changes it (a link, the way back) changes the field.
    const follow = () => { if (words.current) words.current.value = filtersOf((name) => new URLSearchParams(window.location.search).get(name)).q }
    if (document.activeElement !== words.current) follow()
    window.addEventListener('popstate', follow)
    return () => window.removeEventListener('popstate', follow)
  }, [filters.q])
  const isFiltered = Object.values(listed).some((value) => value !== '')
  return (
    <>
      <PageHead title="Decisions" lead="Numbered, with the gates, parts and metrics as they were when each was taken; superseded, and never edited."><ButtonLink href="/api/v1/decisions/export" download>Export as Markdown</ButtonLink></PageHead>
      <form role="search" aria-label="Decisions" className="mb-3 grid grid-cols-2 gap-3 sm:grid-cols-[minmax(0,1fr)_160px_180px_180px]" onSubmit={(event) => event.preventDefault()}>
        <Field label="Search" isLabelHidden className="max-sm:col-span-2">{(control) => <TextInput {...control} ref={words} type="search" placeholder="Words, D-number, release or person" maxLength={200} defaultValue={filters.q} onChange={(event) => window.history.replaceState(null, '', addressOf({ ...listed, q: event.target.value }))} />}</Field>
        <Field label="Kind" isLabelHidden>{(control) => <Select {...control} value={filters.kind} onChange={(event) => set({ kind: event.target.value })}><option value="">Every kind</option>{DECISION_KINDS.map((kind) => <option key={kind} value={kind}>{decisionKindName(kind)}</option>)}</Select>}</Field>
        <Field label="Model" isLabelHidden>{(control) => <Select {...control} value={filters.model} onChange={(event) => set({ model: event.target.value })}><option value="">Every model</option>{models.models.map((model) => <option key={model.id} value={model.id}>{model.name}</option>)}</Select>}</Field>
        <Field label="Person" isLabelHidden>{(control) => <Select {...control} value={filters.person} onChange={(event) => set({ person: event.target.value })}><option value="">Everybody</option>{known.people.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</Select>}</Field>
      </form>
      <nav aria-label="Which decisions" className="mb-4 flex flex-wrap gap-2">
        <FilterChip href={addressOf({ ...listed, confirmation: '', standing: '' })} isOn={filters.confirmation === '' && filters.standing === ''}>All</FilterChip>
        <FilterChip href={addressOf({ ...listed, confirmation: 'due', standing: '' })} isOn={filters.confirmation === 'due'} count={data.dueCount}>Due for confirmation</FilterChip>
        <FilterChip href={addressOf({ ...listed, confirmation: 'planned', standing: '' })} isOn={filters.confirmation === 'planned'}>Planned</FilterChip>
        <FilterChip href={addressOf({ ...listed, confirmation: '', standing: 'in-force' })} isOn={filters.standing === 'in-force'}>In force</FilterChip>
        <FilterChip href={addressOf({ ...listed, confirmation: '', standing: 'superseded' })} isOn={filters.standing === 'superseded'}>Superseded</FilterChip>
      </nav>
      <Surface aria-busy={settled !== addressOf(filters)}>
        {data.lines.length === 0 ? (
          <EmptyState title={data.place.total > 0 ? 'No decision is older' : isFiltered ? 'No decision fits' : 'Nothing is decided yet'} action={(isFiltered || data.place.total > 0) && <Button onClick={() => goToFilters('/decisions')}>Show all</Button>}>
            {data.place.total > 0 ? `The list has ${formatPlural(data.place.total, 'decision')}, all of them newer.` : filters.confirmation === 'due' && data.dueCount === 0 ? 'Nobody has to say whether a decision held. Decisions that plan their confirmation show here on their day.' : isFiltered ? 'Try fewer words, or another kind.' : 'Choices, go and no-go, holds, roll-backs and exceptions of every release stand here once they are recorded.'}
          </EmptyState>
        ) : (
          <>
            <Lines lines={data.lines} />
            <Pages data={data} hrefOf={(before) => addressOf({ ...filters, before: before === 0 ? '' : String(before) })} />
          </>
        )}
      </Surface>
    </>
  )
}

function Confirmation({ line }: { line: DecisionLine }) {
  if (line.supersededBy !== null) return null
  if (line.confirmAt !== null) return <span className="inline-flex items-center gap-2 text-12 text-ink-2">{line.isDue ? <Pill state="stale">confirm</Pill> : 'to be confirmed'} <Time at={line.confirmAt} as="day" /></span>
  if (line.outcome === 'held') return <Pill state="passed">held</Pill>
  return line.outcome === 'not-held' ? <Pill state="failed">did not hold</Pill> : null
}

function Lines({ lines }: { lines: readonly DecisionLine[] }) {
  return (
    <Rows>
      {lines.map((line) => (
        <Row
          key={line.number}
          title={<AppLink href={`/releases/${line.code}/decisions/${line.number}`} className="hover:underline"><span className="mono font-normal text-ink-3">D-{line.number}</span> {line.title === kindWords(line.kind) ? line.title : `${kindWords(line.kind)}: ${line.title}`}</AppLink>}
          detail={<><span className="line-clamp-2 break-words">{line.reason}</span><span className="mono">{line.code}</span> · {line.modelName} {line.versionLabel} · {line.deciders.join(', ') || line.by}</>}
          aside={<>{line.supersededBy !== null && <Pill state="idle">now D-{line.supersededBy}</Pill>}<Confirmation line={line} /><span className="text-12 text-ink-2 sm:w-20"><Time at={line.at} as="day" /></span></>}
        />
      ))}
    </Rows>
  )
}

function Pages({ data: { place, next, previous }, hrefOf }: { data: DecisionPage; hrefOf: (before: number) => string }) {
  const { from, to, total } = place
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-3">
      <span role="status" className="mr-auto text-12 text-ink-2 tabular-nums">{total === to - from + 1 ? formatPlural(total, 'decision') : `${from} to ${to} of ${formatPlural(total, 'decision')}`}</span>
      {previous !== null && <ButtonLink size="s" href={hrefOf(previous)}>Newer</ButtonLink>}
      {next !== null && <ButtonLink size="s" href={hrefOf(next)}>Older</ButtonLink>}
    </nav>
  )
}
