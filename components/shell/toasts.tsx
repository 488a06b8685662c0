'use client'
/** Short notes at the edge of the screen, with an undo where there is one; said to screen readers as they come. */
import { useSyncExternalStore } from 'react'
import { Button } from '@/components/ui/button'

export interface Toast {
  readonly message: string
  readonly undo?: () => void
  /** A failure stays until it is dismissed. */
  readonly isFailure?: boolean
}

interface ShownToast extends Toast {
  readonly id: number
}

const STAY_MS = 6_000
/** Whoever takes something back has to read, and to reach the button, first. */
const STAY_WITH_UNDO_MS = 15_000
const NONE: readonly ShownToast[] = []
let shown: readonly ShownToast[] = NONE
let nextId = 1
const listeners = new Set<() => void>()

function set(next: readonly ShownToast[]): void {
  shown = next
  for (const tell of listeners) tell()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Shows a note for six seconds, one with a way back for fifteen (a failure until dismissed). At most three stand at a time. */
export function showToast(toast: Toast): void {
  const id = nextId++
  set([...shown.slice(-2), { ...toast, id }])
  if (!toast.isFailure) setTimeout(() => dismiss(id), toast.undo ? STAY_WITH_UNDO_MS : STAY_MS)
}

function dismiss(id: number): void {
  set(shown.filter((t) => t.id !== id))
}

/** The corner where the notes stand; mounted once in the frame. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribe, () => shown, () => NONE)
  return (
    <div role="region" aria-label="Notes" className="pointer-events-none fixed inset-x-3 bottom-3 z-40 flex flex-col items-end gap-2">
      <div role="status" className="contents">
        {toasts.map((t) => (
          <div key={t.id} className="pointer-events-auto flex max-w-md items-center gap-3 rounded-surface border border-line bg-surface py-2 pr-2 pl-4 shadow-float">
            <span className={t.isFailure ? 'text-failed' : undefined}>{t.message}</span>
            {t.undo && <Button size="s" onClick={() => { t.undo?.(); dismiss(t.id) }}>Undo</Button>}
            <Button size="s" look="quiet" aria-label="Dismiss" onClick={() => dismiss(t.id)}>×</Button>
          </div>
        ))}
      </div>
    </div>
  )
}
