'use client'
/** Hears what changes, over one event stream per browser: the tab that holds the lock listens and tells the others. */
import type { QueryClient } from '@tanstack/react-query'
import { tellNotes } from '@/lib/client/note-news'

export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'signed-out'

interface Change {
  readonly kind: string
  readonly id: string
}

type Told = { readonly type: 'change'; readonly change: Change } | { readonly type: 'metrics'; readonly id: string } | { readonly type: 'reset' } | { readonly type: 'note'; readonly data: string } | { readonly type: 'state'; readonly state: LiveState } | { readonly type: 'ask'; readonly seq: number }

/** Missing three beats of four seconds means that the stream is dead, whatever the browser believes. */
const SILENCE_MS = 12_500
/** Changes that follow one another within this time are refetched together. */
const GATHER_MS = 60
/** Streams that crowd one another out must not take turns at it. */
const CROWDED_MS = 60_000
const LOCK = 'gatehouse-live'

/** Aggregates whose change moves other views too: `[key, …]` prefixes to refetch. */
const ALSO: Readonly<Record<string, readonly (readonly string[])[]>> = {
  series: [['calendar'], ['check-in', 'list']],
  release: [['board'], ['live'], ['check-in'], ['calendar'], ['model', 'list'], ['metrics']],
  live: [['board'], ['release'], ['model'], ['environment']],
  environment: [['board'], ['release'], ['calendar'], ['model', 'list']],
  template: [['model', 'list']],
  source: [['environment']],
  installation: [['board'], ['release'], ['calendar'], ['series'], ['person']],
  person: [['release'], ['installation']],
  model: [['release']],
  'check-in': [['board'], ['calendar'], ['series'], ['release', 'work']],
}

function isChange(value: unknown): value is Change {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string' && 'id' in value && typeof value.id === 'string'
}

/** The first change refetches at once; what follows within a moment is gathered, so that a burst refetches each view once or twice. */
function refetcher(client: QueryClient): { readonly add: (change: Change) => void; readonly all: () => void } {
  const waiting = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    timer = undefined
    if (waiting.size === 0) return
    for (const key of waiting) void client.invalidateQueries({ queryKey: JSON.parse(key) })
    waiting.clear()
    timer = setTimeout(flush, GATHER_MS)
  }
  return {
    add({ kind }) {
      for (const key of [[kind], ...(ALSO[kind] ?? [])]) waiting.add(JSON.stringify(key))
      // One commit may announce several aggregates; they arrive together, and are one change.
      timer ??= setTimeout(flush, 0)
    },
    all: () => void client.invalidateQueries(),
  }
}

/** Starts hearing in this tab. In: the cache to refetch, the sequence up to which the page was read, who wants to know the state. Out: the function that stops. */
export function startLive(client: QueryClient, readUpTo: number, onState: (state: LiveState) => void): () => void {
  const channel = new BroadcastChannel(LOCK)
  const refetch = refetcher(client)
  const gone = new AbortController()
  let source: EventSource | null = null
  let silence: ReturnType<typeof setTimeout> | undefined
  let state: LiveState = 'connecting'
  let seq = readUpTo
  let isOver = false

  const say = (next: LiveState) => {
    state = next
    onState(next)
  }
  const hear = (told: Told) => {
    if (told.type === 'change') refetch.add(told.change)
    else if (told.type === 'metrics') void client.invalidateQueries({ queryKey: ['metrics', told.id] })
    else if (told.type === 'note') tellNotes(told.data)
    else if (told.type === 'reset') {
      refetch.all()
      tellNotes(null)
    }
    else if (told.type === 'state') say(told.state)
    else if (source) {
      // Whoever opened a page that is older than what this tab has heard has missed something.
      if (told.seq < seq) channel.postMessage({ type: 'reset' } satisfies Told)
      channel.postMessage({ type: 'state', state } satisfies Told)
    }
  }
  const tell = (told: Told) => {
    if (isOver) return
    hear(told)
    channel.postMessage(told)
  }
  const alive = () => {
    clearTimeout(silence)
    silence = setTimeout(() => {
      tell({ type: 'state', state: 'reconnecting' })
      open()
    }, SILENCE_MS)
  }
  function open() {
    source?.close()
    source = new EventSource(`/api/v1/live?after=${seq}`)
    alive()
    const heard = (event: MessageEvent) => {
      alive()
      seq = Math.max(seq, Number(event.lastEventId) || 0)
    }
    source.addEventListener('hello', (event) => {
      // The server replays what came after `seq`; the views of metrics are not in the log, so they are asked for again.
      if (state === 'reconnecting') tell({ type: 'reset' })
      tell({ type: 'state', state: 'live' })
      heard(event)
    })
    source.addEventListener('change', (event) => {
      heard(event)
      const change: unknown = JSON.parse(event.data)
      if (isChange(change)) tell({ type: 'change', change })
    })
    source.addEventListener('metrics', (event) => {
      alive()
      const news: unknown = JSON.parse(event.data)
      if (typeof news === 'object' && news !== null && 'id' in news && typeof news.id === 'string') tell({ type: 'metrics', id: news.id })
    })
    source.addEventListener('note', (event) => tell({ type: 'note', data: event.data }))
    source.addEventListener('beat', alive)
    source.addEventListener('reset', () => tell({ type: 'reset' }))
    source.addEventListener('crowded', () => {
      source?.close()
      clearTimeout(silence)
      silence = setTimeout(open, CROWDED_MS)
      tell({ type: 'state', state: 'reconnecting' })
    })
    source.addEventListener('signed-out', () => {
      tell({ type: 'state', state: 'signed-out' })
      source?.close()
      clearTimeout(silence)
    })
    source.onerror = () => tell({ type: 'state', state: 'reconnecting' })
  }
  channel.onmessage = (event: MessageEvent<Told>) => hear(event.data)
  channel.postMessage({ type: 'ask', seq } satisfies Told)
  void navigator.locks.request(LOCK, { signal: gone.signal }, () => new Promise<void>((release) => {
    open()
    gone.signal.addEventListener('abort', () => release())
  })).catch(() => undefined)
  return () => {
    isOver = true
    gone.abort()
    clearTimeout(silence)
    source?.close()
    channel.close()
  }
}
