'use client'
/** What can be taken on a topic, each by a button and by one key: decision, action, sign-off, hold, park. */
import { useEffect } from 'react'
import { ButtonKey } from '@/components/release/button-key'
import { showToast } from '@/components/shell/toasts'
import { Button } from '@/components/ui/button'

export type TakeKey = 'decision' | 'action' | 'sign-off' | 'hold' | 'park'

const TAKES: readonly (readonly [TakeKey, string, string])[] = [['decision', 'Decision', 'D'], ['action', 'Action', 'A'], ['sign-off', 'Sign off', 'S'], ['hold', 'Hold', 'H'], ['park', 'Park', 'P']]

/** Whether a key is meant for what is being typed or for a dialog. */
export function isElsewhere(event: KeyboardEvent): boolean {
  const { target } = event
  if (event.metaKey || event.ctrlKey || event.altKey || document.querySelector('dialog[open]')) return true
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

/** In: why each is refused now (null when it is not). A key whose action is refused says why. */
export function TakeBar({ refusals, onAct, isPaused = false }: { refusals: Readonly<Record<TakeKey, string | null>>; onAct: (key: TakeKey) => void; isPaused?: boolean }) {
  useEffect(() => {
    if (isPaused) return
    const onKey = (event: KeyboardEvent) => {
      const take = TAKES.find(([, , letter]) => letter.toLowerCase() === event.key)
      if (!take || isElsewhere(event)) return
      event.preventDefault()
      const refusal = refusals[take[0]]
      if (refusal === null) onAct(take[0])
      else showToast({ message: refusal })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
  return (
    <div role="group" aria-label="Take on this topic" className="mt-4 flex flex-wrap gap-2 border-t border-line pt-4">
      <p className="w-full text-12 text-ink-2 max-md:hidden">Press a letter: it opens filled in from the note, and Enter records it. While you write a note, Escape first.</p>
      {TAKES.map(([key, words, letter]) => <Button key={key} reasonAt="start" refusal={refusals[key]} onClick={() => onAct(key)}>{words} <ButtonKey>{letter}</ButtonKey></Button>)}
    </div>
  )
}
