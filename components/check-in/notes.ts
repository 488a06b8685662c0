'use client'
/** Joins the shared notes of a check-in to the screen: opens the topic that everybody looks at, and says what is not sent yet. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { NoteRoom, NoteShown } from '@/lib/client/note-room'
import { checkInQuery } from '@/lib/client/queries'
import type { CheckInView } from '@/lib/domain/check-in/view'

export interface Notes {
  /** Null until its code has arrived. */
  readonly room: NoteRoom | null
  /** The topic on which the viewer wrote a moment ago. */
  readonly writesOn: string | null
  readonly wrote: (topicId: string) => void
  /** Topics with words of this browser that the server does not have. */
  readonly unsent: readonly string[]
}

/** Who has not typed for so long has stopped writing. */
const WRITES_MS = 4_000
const NOTHING = () => () => undefined

/** In: the running check-in. Out: its notes; the code of the shared documents is loaded only here. */
export function useNotes(view: CheckInView): Notes {
  const client = useQueryClient()
  const [room, setRoom] = useState<NoteRoom | null>(null)
  const [writesOn, setWritesOn] = useState<string | null>(null)
  const stopped = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const { id, currentTopicId } = view
  const { personId } = view.viewer

  useEffect(() => {
    let made: NoteRoom | null = null
    let isGone = false
    void import('@/lib/client/note-room').then((code) => {
      if (isGone) return
      made = new code.NoteRoom(id, personId ?? '', () => void client.invalidateQueries({ queryKey: checkInQuery(id).queryKey }))
      setRoom(made)
    })
    return () => {
      isGone = true
      made?.stop()
      setRoom(null)
    }
  }, [id, personId, client])

  const title = view.topics.find((topic) => topic.id === currentTopicId)?.title ?? ''
  const canWrite = view.allowed.note === null
  useEffect(() => {
    if (currentTopicId !== null) room?.open(currentTopicId, title, canWrite)
  }, [room, currentTopicId, title, canWrite])
  useEffect(() => () => clearTimeout(stopped.current), [])

  const wrote = useCallback((topicId: string) => {
    setWritesOn(topicId)
    clearTimeout(stopped.current)
    stopped.current = setTimeout(() => setWritesOn(null), WRITES_MS)
  }, [])
  const subscribe = useCallback((listener: () => void) => (room ? room.subscribe('', listener) : NOTHING()), [room])
  const unsent = useSyncExternalStore(subscribe, () => room?.unsent() ?? '', () => '')
  return { room, writesOn, wrote, unsent: unsent === '' ? [] : unsent.split(' ') }
}

/** One note as it is now; null until it has been compared with the server's. `before` is called just before somebody else's words appear. */
export function useNote(room: NoteRoom | null, topicId: string, before: () => void): NoteShown | null {
  const subscribe = useCallback((listener: () => void) => {
    if (!room) return NOTHING()
    return room.subscribe(topicId, () => {
      before()
      listener()
    })
  }, [room, topicId, before])
  return useSyncExternalStore(subscribe, () => room?.shown(topicId) ?? null, () => null)
}
