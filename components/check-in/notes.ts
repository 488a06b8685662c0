'use client'
/** The drafts of the notes of a meeting: saved after a pause of typing, kept until they are saved, and never over another person's words. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useCommand } from '@/lib/client/commands'
import { checkInQuery } from '@/lib/client/queries'
import type { Refusal } from '@/lib/domain/aggregate'
import type { CheckInView } from '@/lib/domain/check-in/view'

export interface NoteDraft {
  readonly text: string
  /** The version that the writer began with; another one by then is a conflict. */
  readonly expects: number
  readonly state: 'typing' | 'saving' | 'unsent' | 'conflict' | 'refused'
  readonly refusal: Refusal | null
}

export interface Notes {
  readonly drafts: Readonly<Record<string, NoteDraft>>
  readonly write: (topicId: string, text: string) => void
  /** Settles a conflict: saves the text over the version that the writer has now seen. */
  readonly settle: (topicId: string, text: string) => void
  readonly drop: (topicId: string) => void
  /** The topic on which the viewer is writing now. */
  readonly writesOn: string | null
}

const PAUSE_MS = 700
const RETRY_MS = 3_000

/** In: the check-in as it is now. Out: drafts by topic; a topic without a draft shows what the server has. */
export function useNotes(view: CheckInView): Notes {
  const { run } = useCommand('check-in', view.id)
  const client = useQueryClient()
  const [drafts, setDrafts] = useState<Readonly<Record<string, NoteDraft>>>({})
  const now = useRef({ view, run, drafts })
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>())
  const [writesOn, setWritesOn] = useState<string | null>(null)

  useEffect(() => {
    now.current = { view, run, drafts }
  })

  const set = useCallback((topicId: string, change: (draft: NoteDraft | undefined) => NoteDraft | null) => {
    setDrafts((before) => {
      const { [topicId]: old, ...others } = before
      const next = change(old)
      return next ? { ...others, [topicId]: next } : others
    })
  }, [])

  const save = useCallback(async function saveNow(topicId: string): Promise<void> {
    const draft = now.current.drafts[topicId]
    if (!draft || draft.state === 'saving' || draft.state === 'conflict') return
    set(topicId, (old) => (old ? { ...old, state: 'saving', refusal: null } : null))
    const { text } = draft
    const ran = await now.current.run({ type: 'set-note', topicId, text, expects: draft.expects })
    const again = (ms: number) => timers.current.set(topicId, setTimeout(() => void saveNow(topicId), ms))
    if (ran.ok) {
      // What was typed while it was saved goes next, on top of what was saved.
      set(topicId, (old) => (old && old.text !== text ? { ...old, expects: draft.expects + 1, state: 'typing', refusal: null } : null))
      setWritesOn((topic) => (topic === topicId && now.current.drafts[topicId]?.text === text ? null : topic))
      if (now.current.drafts[topicId]?.text !== text) again(PAUSE_MS)
      return
    }
    const { refusal } = ran
    if (refusal.code === 'stale') {
      // The other text must be on this screen before one can choose.
      await client.invalidateQueries({ queryKey: checkInQuery(now.current.view.id).queryKey, exact: true }).catch(() => undefined)
      set(topicId, (old) => (old ? { ...old, state: 'conflict', refusal } : null))
    } else if (refusal.code === 'conflict') {
      set(topicId, (old) => (old ? { ...old, state: 'unsent', refusal } : null))
      again(RETRY_MS)
    } else set(topicId, (old) => (old ? { ...old, state: 'refused', refusal } : null))
  }, [set, client])

  const later = useCallback((topicId: string) => {
    clearTimeout(timers.current.get(topicId))
    timers.current.set(topicId, setTimeout(() => void save(topicId), PAUSE_MS))
  }, [save])

  const write = useCallback((topicId: string, text: string) => {
    const version = now.current.view.topics.find((topic) => topic.id === topicId)?.note?.version ?? 0
    set(topicId, (old) => (old ? { ...old, text, state: old.state === 'saving' || old.state === 'conflict' ? old.state : 'typing' } : { text, expects: version, state: 'typing', refusal: null }))
    setWritesOn(topicId)
    later(topicId)
  }, [set, later])

  const settle = useCallback((topicId: string, text: string) => {
    const version = now.current.view.topics.find((topic) => topic.id === topicId)?.note?.version ?? 0
    set(topicId, () => ({ text, expects: version, state: 'typing', refusal: null }))
    clearTimeout(timers.current.get(topicId))
    timers.current.set(topicId, setTimeout(() => void save(topicId), 0))
  }, [set, save])

  const drop = useCallback((topicId: string) => {
    clearTimeout(timers.current.get(topicId))
    set(topicId, () => null)
    setWritesOn(null)
  }, [set])

  // Closing the page with words that are not saved asks first.
  const hasUnsaved = Object.keys(drafts).length > 0
  useEffect(() => {
    if (!hasUnsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [hasUnsaved])
  useEffect(() => {
    const pending = timers.current
    return () => { for (const timer of pending.values()) clearTimeout(timer) }
  }, [])

  return { drafts, write, settle, drop, writesOn }
}
