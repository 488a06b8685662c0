'use client'
/** The agenda beside the topic: as high as the window at most, so that the topic stays in view, with the line that everybody looks at in sight. */
import { useEffect, useRef } from 'react'
import { AddTopic } from '@/components/check-in/add-topic'
import { AgendaList } from '@/components/check-in/agenda-list'
import { Surface } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import type { CheckInView, TopicView } from '@/lib/domain/check-in/view'

interface MeetingAgendaProps {
  view: CheckInView
  onChoose: ((topic: TopicView) => void) | null
  onReorder: ((topicIds: readonly string[]) => void) | undefined
}

export function MeetingAgenda({ view, onChoose, onReorder }: MeetingAgendaProps) {
  const box = useRef<HTMLDivElement>(null)
  const { currentTopicId } = view
  // only the list scrolls, never the page; and not under a pointer that is about to choose
  useEffect(() => {
    const { current } = box
    const line = currentTopicId === null ? null : current?.querySelector(`[data-topic="${CSS.escape(currentTopicId)}"]`)
    if (!current || !line || current.matches(':hover')) return
    const [shown, place] = [current.getBoundingClientRect(), line.getBoundingClientRect()]
    if (place.top < shown.top) current.scrollTop += place.top - shown.top
    else if (place.bottom > shown.bottom) current.scrollTop += place.bottom - shown.bottom
  }, [currentTopicId])
  return (
    <Surface aria-label="Agenda" className="flex flex-col p-2 max-lg:order-2 lg:sticky lg:top-4 lg:max-h-[calc(100dvh-7.5rem)]">
      <h2 className="px-3 pt-2 text-13">Agenda</h2>
      <p className="px-3 pb-2 text-12 text-ink-2">made from what changed since <Time at={view.since} as="day" className="whitespace-nowrap" /></p>
      {view.topics.length === 0 && <p className="px-3 pb-3 text-ink-2">Nothing blocks, nothing is late, nothing changed. Add what you want to speak of.</p>}
      <div ref={box} className="min-h-0 lg:overflow-y-auto"><AgendaList view={view} onChoose={onChoose} onReorder={onReorder} isDense /></div>
      <AddTopic view={view} />
    </Surface>
  )
}
