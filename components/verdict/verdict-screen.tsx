'use client'
/** The page of one metric's verdict: what it says, why, and whether to trust it; evaluations on the left, the one that is looked at on the right. */
import { useInfiniteQuery, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useState } from 'react'
import { EvaluationDetail } from '@/components/verdict/evaluation-detail'
import { EvaluationList, NewerNote, VerdictFilter } from '@/components/verdict/evaluation-list'
import { JudgementsCard, RuleCard } from '@/components/verdict/side-cards'
import { Turns } from '@/components/verdict/turns'
import { VerdictChart } from '@/components/verdict/verdict-chart'
import { VerdictHead } from '@/components/verdict/verdict-head'
import { Button } from '@/components/ui/button'
import { classes } from '@/components/ui/class-names'
import { EmptyState, Kbd, Skeleton } from '@/components/ui/small'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { read } from '@/lib/client/api'
import { evaluationQuery, evaluationsQuery, verdictQuery } from '@/lib/client/verdicts'
import { firstSpan, type ChartSpan, type EvaluationPage } from '@/lib/domain/verdict/page-view'
import { VERDICTS, type Verdict } from '@/lib/domain/verdict/verdict'

/** Turns that a page holds. */
const MOST_TURNS = 40

function verdictsIn(text: string | null): readonly Verdict[] {
  return VERDICTS.filter((one) => (text ?? '').split(',').includes(one))
}

/** Changes the address without asking the server for a page; an empty value takes the parameter away. */
function put(changes: Readonly<Record<string, string>>): void {
  const query = new URLSearchParams(window.location.search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') query.delete(name)
    else query.set(name, value)
  }
  const text = query.toString()
  window.history.replaceState(null, '', text === '' ? window.location.pathname : `?${text}`)
}

/** In: the address of its reads below /api/v1. */
export function VerdictScreen({ api }: { api: string }) {
  const { data: page } = useSuspenseQuery(verdictQuery(api))
  const params = useSearchParams()
  const [span, setSpan] = useState<ChartSpan>(() => firstSpan(page.kept.since, page.asOf))
  const client = useQueryClient()
  const asked = params.get('verdict')
  const chosen = verdictsIn(asked)
  const isTurns = params.get('show') === 'turns'
  const list = useInfiniteQuery(evaluationsQuery(api, chosen))
  const lines = list.data?.pages.flatMap((one) => one.lines) ?? []
  const pinned = params.get('at')
  const newestId = page.newest?.id ?? null
  const selectedId = pinned ?? newestId
  const detail = useQuery({ ...evaluationQuery(api, selectedId ?? ''), enabled: selectedId !== null })
  const pick = useCallback((id: string) => put({ at: id === newestId ? '' : id }), [newestId])
  const isBehind = chosen.length === 0 && newestId !== null && lines.length > 0 && lines[0]?.id !== newestId

  // While the newest is looked at, the list follows it; once somebody looks back, it stays until it is asked to move.
  const renew = useCallback(() => client.resetQueries({ queryKey: evaluationsQuery(api, verdictsIn(asked)).queryKey, exact: true }), [client, api, asked])
  const isOnePage = (list.data?.pages.length ?? 0) <= 1
  const { refetch, fetchNextPage } = list
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage])
  useEffect(() => {
    if (isBehind && pinned === null && isOnePage) void refetch()
  }, [isBehind, pinned, isOnePage, newestId, refetch])

  useEvaluationKeys((step) => {
    const at = lines.findIndex((line) => line.id === selectedId)
    const next = at >= 0 ? lines[at + step]?.id : step > 0 ? detail.data?.older : detail.data?.newer
    if (next) pick(next)
  })

  const pickNearest = async (at: number) => {
    const found = await read<EvaluationPage>(`${api}/evaluations?${new URLSearchParams({ before: `${Math.round(at * 1000) + 100}.~`, most: '1' })}`).catch(() => null)
    const id = found?.lines[0]?.id
    if (id) pick(id)
  }

  const selected = detail.data
  return (
    <>
      <VerdictHead page={page} />
      {page.kept.total > 0 && page.rule && (
        <Surface className="mb-4" aria-label="Values and verdicts over time">
          <VerdictChart api={api} rule={page.rule} span={span} everySeconds={page.measuring.everySeconds} selectedAt={selected ? Date.parse(selected.at) / 1000 : null} onSpan={setSpan} onPick={(at) => void pickNearest(at)} />
        </Surface>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4 max-lg:contents">
          <Surface aria-labelledby="history-title" className="max-lg:order-2">
            <SurfaceHead title={<span id="history-title">{isTurns ? 'Turns' : 'Measurements'}</span>}>
              <span role="group" aria-label="What to list" className="flex gap-1">
                {([['', 'Measurements'], ['turns', 'Turns']] as const).map(([value, label]) => (
                  <button key={label} type="button" aria-pressed={isTurns === (value === 'turns')} onClick={() => put({ show: value })} className={classes('h-7 rounded-control border px-2 text-12', isTurns === (value === 'turns') ? 'border-ink font-medium' : 'border-transparent text-ink-2 hover:bg-sunken')}>{label}</button>
                ))}
              </span>
            </SurfaceHead>
            {isTurns ? <Turns turns={page.turns} rule={page.rule} most={MOST_TURNS} /> : (
              <>
                {page.kept.total > 0 && <VerdictFilter kept={page.kept} chosen={chosen} onChoose={(verdicts) => put({ verdict: verdicts.join(','), at: '' })} />}
                {isBehind && (pinned !== null || !isOnePage) && <NewerNote onShow={() => { put({ at: '' }); void renew() }} />}
                <EvaluationList lines={lines} unit={page.rule?.unit ?? 'score'} selectedId={selectedId} hasMore={list.hasNextPage} isFetching={list.isFetching} onMore={more} onPick={pick}
                  end={page.kept.total === 0 ? (page.turns.length > 0 ? `No single measurement is kept any more (each is kept for ${page.kept.days} days). The turns are.` : 'Nothing has been measured yet.') : 'Nothing older is kept.'} />
              </>
            )}
          </Surface>
          <p className="-mt-2 hidden items-center gap-2 px-1 text-12 text-ink-3 lg:flex"><Kbd>j</Kbd> older <Kbd>k</Kbd> newer</p>
          <div className="min-w-0 max-lg:order-3"><RuleCard page={page} /></div>
        </div>
        <div className="flex min-w-0 flex-col gap-4 max-lg:contents">
          <div className="min-w-0 max-lg:order-1">
            {selected ? <EvaluationDetail detail={selected} rule={page.rule} isNewest={selected.id === newestId} onPick={pick} onNewest={() => put({ at: '' })} />
              : selectedId === null ? <Never words={page.measuring.words} />
              : detail.isError ? <Surface><EmptyState title="This measurement is not kept" action={<Button onClick={() => put({ at: '' })}>Show the newest</Button>}>{`Single measurements are kept for ${page.kept.days} days. Turns, sign-offs and decisions keep what they saw for ever.`}</EmptyState></Surface>
              : <Skeleton className="h-96 w-full rounded-surface" />}
          </div>
          <div className="min-w-0 max-lg:order-4"><JudgementsCard page={page} /></div>
        </div>
      </div>
    </>
  )
}

function Never({ words }: { words: string }) {
  return <Surface><EmptyState title="Never measured">{words} As soon as it is, every measurement stands here with what was asked, what came back, and why it was judged so.</EmptyState></Surface>
}

/** j and k go to the older and the newer evaluation, unless somebody types. */
function useEvaluationKeys(move: (step: 1 | -1) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event
      const isTyping = target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
      if (isTyping || event.metaKey || event.ctrlKey || event.altKey || document.querySelector('dialog[open]')) return
      if (event.key !== 'j' && event.key !== 'k') return
      event.preventDefault()
      move(event.key === 'j' ? 1 : -1)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
}
