'use client'
/** The agenda: each line with its state, who it waits for and how long; done ones struck, with the time that was spent. */
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Mark } from '@/components/gate/mark'
import { Timer, timerText } from '@/components/check-in/timer'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { classes } from '@/components/ui/class-names'
import { Since, Time } from '@/components/ui/time'
import { said } from '@/components/ui/said'
import type { CheckInView, TopicView } from '@/lib/domain/check-in/view'

/** What a topic is called where it stands alone, and what readers hear. */
export function topicName(topic: Pick<TopicView, 'code' | 'title'>): string {
  return topic.code === null ? topic.title : `${topic.code} ${topic.title}`
}

/** Whom it waits for and how long or until when, then what there is to say: the second line of a topic. */
export function TopicFacts({ topic }: { topic: TopicView }) {
  const isDue = (topic.kind === 'waiver' || topic.kind === 'condition' || topic.kind === 'action' || topic.kind === 'confirmation' || topic.kind === 'overdue') && topic.dueAt !== null
  const who = topic.who.join(', ')
  const hasSince = topic.since !== null && topic.kind !== 'changed' && !isDue
  // "from Product" says again whom it waits for.
  const detail = who !== '' && (topic.detail === `from ${who}` || topic.detail.startsWith(`from ${who};`)) ? topic.detail.slice(`from ${who}`.length).replace(/^; /, '') : topic.detail
  return (
    <>
      {topic.status === 'parked' && 'parked · '}
      {who}
      {hasSince && topic.since !== null && <>{who !== '' && ' '}<Since at={topic.since} className="whitespace-nowrap" /></>}
      {isDue && topic.dueAt !== null && <>{who !== '' && ', '}{topic.kind === 'waiver' ? 'until' : 'due'} <Time at={topic.dueAt} as="day" className="whitespace-nowrap" /></>}
      {detail !== '' && <>{(who !== '' || hasSince || isDue) && ' · '}{said(detail)}</>}
      {topic.addedBy !== null && <>added by {topic.addedBy}</>}
      {topic.carried && <> · carried since <Time at={topic.carried.since} as="day" className="whitespace-nowrap" />{topic.carried.times > 1 && `, ${topic.carried.times} times`}</>}
    </>
  )
}

/** The same with its code apart from the words, as a name of a release and not of a part of the sentence. */
export function TopicTitle({ topic }: { topic: Pick<TopicView, 'code' | 'title'> }) {
  return <>{topic.code !== null && <><span className="mono font-normal whitespace-nowrap text-ink-2">{topic.code}</span>{' '}</>}{said(topic.title)}</>
}

function Line({ topic, isCurrent, currentSince, onChoose, isDense }: { topic: TopicView; isCurrent: boolean; currentSince: string | null; onChoose: ((topic: TopicView) => void) | null; isDense: boolean }) {
  const isDone = topic.status === 'done'
  const body = (
    <>
      <span className="pt-px"><Mark state={topic.mark} size={16} label={true} /></span>
      <span className={classes('min-w-0 break-words', !isDone && 'font-medium', isDone && 'text-ink-2 line-through')}><TopicTitle topic={topic} /></span>
      <span className="mono text-ink-2">{isCurrent ? <Timer spentMs={topic.spentMs} since={currentSince} /> : topic.spentMs > 0 ? timerText(topic.spentMs) : ''}</span>
      {!(isDense && isDone) && <span className={classes('col-start-2 col-end-4 min-w-0 text-12 text-ink-2', isDense ? 'truncate' : 'line-clamp-3 break-words')}><TopicFacts topic={topic} /></span>}
    </>
  )
  const look = classes('grid w-full grid-cols-[20px_minmax(0,1fr)_auto] gap-x-2 gap-y-1 rounded-control px-3 py-2 text-left', isCurrent && 'bg-sunken shadow-[inset_2px_0_0_var(--ink)]')
  if (onChoose) return <button type="button" aria-current={isCurrent ? 'true' : undefined} onClick={() => onChoose(topic)} className={classes(look, 'hover:bg-sunken')}>{body}</button>
  if (topic.href !== null && !isCurrent) return <AppLink href={topic.href} className={classes(look, 'hover:bg-sunken')}>{body}</AppLink>
  return <div className={look}>{body}</div>
}

interface AgendaProps {
  view: CheckInView
  /** Takes a topic up for everybody; without it lines are links to their gates. */
  onChoose: ((topic: TopicView) => void) | null
  onReorder?: ((topicIds: readonly string[]) => void) | undefined
  /** What stands beside each line; `move` takes it one place up (-1) or down (1). */
  beside?: ((topic: TopicView, index: number, move: (by: -1 | 1) => void) => ReactNode) | undefined
  /** One line of facts for each, none for what is done: where the topic itself is told beside the list. */
  isDense?: boolean
}

/** The list, and for who runs the meeting its order: a line is dragged, or moved with Alt and an arrow key while it has the focus. */
export function AgendaList({ view, onChoose, onReorder, beside, isDense = false }: AgendaProps) {
  const { topics } = view
  const [dragged, setDragged] = useState<string | null>(null)
  const [over, setOver] = useState<string | null>(null)
  const [told, setTold] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const moved = useRef<string | null>(null)
  // a line that changes its place in the page loses the focus
  useEffect(() => {
    const line = moved.current === null ? null : list.current?.querySelector(`[data-topic="${CSS.escape(moved.current)}"]`)
    const shown = [...(line?.querySelectorAll<HTMLElement>('a, button') ?? [])].find((one) => one.offsetParent !== null)
    shown?.focus()
    moved.current = null
  }, [topics])
  const move = (id: string, to: number) => {
    const from = topics.findIndex((topic) => topic.id === id)
    const topic = topics[from]
    if (!topic || !onReorder || to < 0 || to >= topics.length || to === from) return
    const ids = topics.map((one) => one.id)
    ids.splice(from, 1)
    onReorder(ids.toSpliced(to, 0, id))
    setTold(`${topicName(topic)} is number ${to + 1} of ${topics.length} now.`)
  }
  const canMove = onReorder !== undefined && topics.length > 1
  const drop = (id: string) => {
    if (dragged !== null) move(dragged, topics.findIndex((topic) => topic.id === id))
    setDragged(null)
    setOver(null)
  }
  return (
    <>
      <ol ref={list} role="list" className="flex flex-col gap-px">
        {topics.map((topic, index) => (
          <li
            key={topic.id} data-topic={topic.id} draggable={canMove} className={classes('rounded-control', beside && 'md:flex md:items-start', over === topic.id && dragged !== topic.id && 'shadow-[inset_0_2px_0_var(--ink)]', dragged === topic.id && 'opacity-50')}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move'
              event.dataTransfer.setData('text/plain', topicName(topic))
              setDragged(topic.id)
            }}
            onDragEnd={() => { setDragged(null); setOver(null) }}
            onDragOver={(event) => { if (dragged !== null) { event.preventDefault(); setOver(topic.id) } }}
            onDrop={(event) => { event.preventDefault(); drop(topic.id) }}
            onKeyDown={(event) => {
              if (!canMove || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
              event.preventDefault()
              moved.current = topic.id
              move(topic.id, index + (event.key === 'ArrowUp' ? -1 : 1))
            }}
          >
            <div className="min-w-0 flex-1"><Line topic={topic} isCurrent={topic.id === view.currentTopicId} currentSince={view.currentSince} onChoose={onChoose} isDense={isDense} /></div>
            {beside?.(topic, index, (by) => move(topic.id, index + by))}
          </li>
        ))}
      </ol>
      <p aria-live="polite" className="sr-only">{told}</p>
      {canMove && <p className="px-3 pt-2 text-12 text-ink-2 max-md:hidden">Drag a line, or move it with <kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd>.</p>}
      {canMove && <Moves view={view} move={move} />}
    </>
  )
}

/** The same for the current topic by buttons, for fingers. */
function Moves({ view, move }: { view: CheckInView; move: (id: string, to: number) => void }) {
  const at = view.topics.findIndex((topic) => topic.id === view.currentTopicId)
  const id = view.currentTopicId
  if (at < 0 || id === null) return null
  return (
    <div className="mt-2 flex gap-1 px-2 md:hidden" role="group" aria-label="Place of the current topic">
      <Button size="s" look="quiet" reasonAt="start" refusal={at === 0 ? 'It is the first one.' : null} onClick={() => move(id, at - 1)}>Move up</Button>
      <Button size="s" look="quiet" refusal={at === view.topics.length - 1 ? 'It is the last one.' : null} onClick={() => move(id, at + 1)}>Move down</Button>
    </div>
  )
}
