/** The event stream of changes: what moved, never what it says; browsers fetch that with their own rights. Heartbeat, resume, and an end when rights end. */
import 'server-only'
import { z } from 'zod'
import { actorId } from '@/lib/domain/actor'
import { isRoomForStream, isStopping, registerStream } from '@/lib/public/streams'
import { isStillValid } from '@/lib/server/actor'
import { listen } from '@/lib/server/bus'
import { listenToNotes } from '@/lib/server/check-in/note-news'
import { whoIsIn } from '@/lib/server/check-in/presence'
import { listenToMetrics } from '@/lib/server/metrics/news'
import { changesSince, headSeq } from '@/db/changes'
import { rawStore } from '@/lib/server/raw-store'
import { operation } from './operation'
import { problem } from './problem'

/** The rights of who listens are asked at each beat: an end of them takes effect within five seconds, the asking included. */
const BEAT_MS = 4_000
/** A browser that was away for more entries than this refetches everything instead. */
const MOST_REPLAYED = 500
/** A listener that leaves this many events unread is ended; it resumes where it stood when it comes back. */
const MOST_UNREAD = 1_000

const text = new TextEncoder()

function line(event: string, data: unknown, id?: number): Uint8Array {
  return text.encode(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}

export const liveOperation = operation({
  id: 'live', method: 'GET', path: '/live', access: 'person', answer: 'stream', isUrgent: true,
  summary: 'Server-sent events: `change` with { kind, id, version } for every commit; resumes after Last-Event-ID; `metrics` with { id } when a release that somebody looks at has new values; `note` with { checkInId, topicId, version, update } when somebody wrote at a check-in that you have open; `beat` every 4 seconds; `crowded` before the oldest stream ends because its session or person has opened too many.',
  query: z.object({ after: z.coerce.number().int().min(0).optional() }),
  async handle({ actor, query, request }) {
    const store = await rawStore()
    if (isStopping()) return problem({ code: 'conflict', message: 'The server is stopping; connect again in a moment.' }, 503)
    if (!isRoomForStream()) return problem({ code: 'blocked', message: 'As many event streams are open as the server can carry; connect again in a minute.' }, 503)
    // A page says up to where it has read; a browser that reconnects by itself says it in the header.
    const last = Number(request.headers.get('last-event-id') ?? query.after ?? Number.NaN)
    let close = () => {}
    let beat: NodeJS.Timeout | undefined
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        let isOpen = true
        const send = (bytes: Uint8Array) => {
          if (!isOpen) return
          controller.enqueue(bytes)
          if ((controller.desiredSize ?? 0) < -MOST_UNREAD) close()
        }
        const stopListening = listen(({ kind, id, version, seq }) => send(line('change', { kind, id, version }, seq > 0 ? seq : undefined)))
        const stopMetrics = listenToMetrics((id) => send(line('metrics', { id })))
        const stopNotes = listenToNotes((news) => {
          // only to who is in the check-in; the words go nowhere else
          if (actor.kind === 'person' && whoIsIn(news.checkInId, Date.now()).some((one) => one.isHere && one.id === actor.personId)) send(line('note', news))
        })
        const forget = registerStream((words) => {
          send(text.encode(words))
          close()
        }, { session: 'sessionId' in actor && typeof actor.sessionId === 'string' ? actor.sessionId : actorId(actor), person: actorId(actor) })
        close = () => {
          if (!isOpen) return
          isOpen = false
          stopListening()
          stopMetrics()
          stopNotes()
          forget?.()
          clearInterval(beat)
          controller.close()
        }
        if (!forget) return close()
        send(text.encode('retry: 1000\n\n'))
        // Listening has begun, so nothing falls between what is replayed and what comes; a change told twice is harmless.
        const greet = async () => {
          const head = await headSeq(store)
          const missed = Number.isInteger(last) && last >= 0 && last < head ? await changesSince(store, last, MOST_REPLAYED + 1) : []
          send(line('hello', { seq: head }, head))
          if (missed.length > MOST_REPLAYED) return send(line('reset', {}))
          for (const change of missed) send(line('change', { kind: change.kind, id: change.id, version: change.version }, change.seq))
        }
        void greet().catch(() => close())
        beat = setInterval(() => {
          void isStillValid(actor).then((isValid) => {
            if (isValid) return send(line('beat', {}))
            send(line('signed-out', {}))
            close()
          }, close)
        }, BEAT_MS)
      },
      cancel: () => close(),
    })
    request.signal.addEventListener('abort', () => close())
    if (request.signal.aborted) return problem({ code: 'conflict', message: 'The request was given up.' }, 499)
    return new Response(stream, { headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' } })
  },
})
