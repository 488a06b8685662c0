'use client'
/** The draft of a template while it is written: every step can be undone, and it is kept in this browser until it is saved or discarded. */
import { useCallback, useEffect, useState } from 'react'
import { isSameContent } from '@/lib/domain/template/changes'
import type { TemplateContent } from '@/lib/domain/template/template'

const MOST_STEPS = 200

interface History {
  readonly past: readonly TemplateContent[]
  readonly now: TemplateContent
  readonly future: readonly TemplateContent[]
  /** The field that was written last: letters of one field are one step. */
  readonly field: string | null
  readonly at: number
}

export interface KeptDraft {
  /** The revision that it began with; 0: a template that is not there yet. */
  readonly base: number
  readonly content: TemplateContent
  readonly at: string
  /** Lines of an imported file that found no place. */
  readonly leftovers?: readonly { readonly line: number; readonly why: string; readonly text: string }[]
}

const keyOf = (id: string) => `gatehouse:template-draft:${id}`

/** The draft that this browser keeps, or null; anything that is none is no draft. */
export function keptDraft(id: string): KeptDraft | null {
  try {
    const kept: KeptDraft | null = JSON.parse(localStorage.getItem(keyOf(id)) ?? 'null')
    return kept && typeof kept.base === 'number' && Array.isArray(kept.content?.gates) && Array.isArray(kept.content.steps) && Array.isArray(kept.content.deferred) ? kept : null
  } catch {
    return null
  }
}

/** Keeps a draft; where the browser has no room or none allowed, only the page has it. */
export function keepDraft(id: string, draft: KeptDraft | null): void {
  try {
    if (draft) localStorage.setItem(keyOf(id), JSON.stringify(draft))
    else localStorage.removeItem(keyOf(id))
  } catch { /* the page still has it */ }
}

export interface DraftHandle {
  readonly content: TemplateContent
  /** In: the change, and the name of the field where it is writing, so that undoing takes the word and not the letter. */
  readonly change: (change: (content: TemplateContent) => TemplateContent, field?: string) => void
  readonly undo: (() => void) | null
  readonly redo: (() => void) | null
  /** Begins again with other content. */
  readonly reset: (content: TemplateContent) => void
  /** Grows with each step back, so that fields that hold text of their own begin anew. */
  readonly turn: number
}

/** In: what it begins with. */
export function useDraft(start: TemplateContent): DraftHandle {
  const [history, setHistory] = useState<History>({ past: [], now: start, future: [], field: null, at: 0 })
  const [turn, setTurn] = useState(0)
  const change = useCallback<DraftHandle['change']>((make, field) => {
    setHistory((before) => {
      const now = make(before.now)
      if (isSameContent(now, before.now)) return before
      const at = Date.now()
      const goesOn = field !== undefined && field === before.field && at - before.at < 3000
      return { past: goesOn ? before.past : [...before.past, before.now].slice(-MOST_STEPS), now, future: [], field: field ?? null, at }
    })
  }, [])
  const undo = () => { setTurn(turn + 1); setHistory(({ past, now, future }) => ({ past: past.slice(0, -1), now: past.at(-1) ?? now, future: [now, ...future], field: null, at: 0 })) }
  const redo = () => { setTurn(turn + 1); setHistory(({ past, now, future }) => ({ past: [...past, now], now: future[0] ?? now, future: future.slice(1), field: null, at: 0 })) }
  return {
    content: history.now, change, turn, undo: history.past.length > 0 ? undo : null, redo: history.future.length > 0 ? redo : null,
    reset: (content) => { setTurn(turn + 1); setHistory((before) => ({ past: [...before.past, before.now], now: content, future: [], field: null, at: 0 })) },
  }
}

/** Warns before the page is left while something is not saved. */
export function useLeaveWarning(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return
    const warn = (event: BeforeUnloadEvent) => { event.preventDefault() }
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isOn])
}
