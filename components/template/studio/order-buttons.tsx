/** Moves one of a list up and down by button, by Alt with an arrow, and by dragging its handle. */
import { Button } from '@/components/ui/button'
import type { DragEvent, KeyboardEvent } from 'react'

export interface OrderProps {
  readonly index: number
  readonly count: number
  readonly move: (from: number, to: number) => void
  /** What is moved, for readers: "gate 5 Resources". */
  readonly name: string
}

/** The two buttons. */
export function OrderButtons({ index, count, move, name }: OrderProps) {
  return (
    <span className="flex shrink-0">
      <Button size="s" look="quiet" aria-label={`Move ${name} up`} refusal={index === 0 ? 'It is the first.' : null} onClick={() => move(index, index - 1)}>↑</Button>
      <Button size="s" look="quiet" aria-label={`Move ${name} down`} refusal={index === count - 1 ? 'It is the last.' : null} onClick={() => move(index, index + 1)}>↓</Button>
    </span>
  )
}

/** Alt with an arrow moves what has the focus. Out: whether the key was such a one. */
export function movedByKey(event: KeyboardEvent, { index, count, move }: Omit<OrderProps, 'name'>): boolean {
  const step = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined
  if (step === undefined) return false
  event.preventDefault()
  if (index + step >= 0 && index + step < count) move(index, index + step)
  return true
}

/** What a row needs so that it can be dragged onto another one of the same list. */
export function dragging(list: string, index: number, move: (from: number, to: number) => void) {
  const type = `application/x-gatehouse-${list}`
  return {
    onDragOver: (event: DragEvent) => { if (event.dataTransfer.types.includes(type)) event.preventDefault() },
    onDrop: (event: DragEvent) => {
      const from = event.dataTransfer.getData(type)
      if (from === '') return
      event.preventDefault()
      move(Number(from), index)
    },
    handle: { draggable: true, onDragStart: (event: DragEvent) => { event.dataTransfer.setData(type, String(index)); event.dataTransfer.effectAllowed = 'move' } },
  }
}

/** The handle by which a row is dragged; the buttons do the same for who has no pointer. */
export function Grip(props: ReturnType<typeof dragging>['handle']) {
  return <span {...props} aria-hidden="true" title="Drag to move" className="cursor-grab px-1 text-ink-3 select-none">⠿</span>
}
