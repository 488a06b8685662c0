/** Hides how the outbox is emptied: one lane per destination, about one message a second in each, and no lane waits for another. */
import 'server-only'
import { v7 as uuid } from 'uuid'
import { type AttemptReport, attemptsOf, claimDeliveries, completeDelivery, type Delivery, failDelivery, type LaneId, nextDueAt, releaseLeases, reviveLost, waitingLanes } from '@/db/outbox'
import { freeStranded } from '@/db/outbox-gather'
import { expireLeases, forgetDelivered, holdDelivery } from '@/db/outbox-lease'
import { failingWrite, forgetDeadMail, placeOf, readFailing } from '@/db/outbox-trouble'
import { excerptOf, judge, LOST, nextDelayMs, PACED, RETRY_SCHEDULE_MS, statusOf } from '@/lib/server/notify/answer'
import { BREAKS_AFTER, BROKEN_MS } from '@/lib/server/notify/breaker'
import { PERSON_TOPIC } from '@/lib/server/notify/draft'
import { readyToSend } from '@/lib/server/notify/gather'
import { parcelOf } from '@/lib/server/notify/parcel'
import type { WorkerOptions } from '@/lib/server/notify/worker-options'

export interface Worker {
  /** Looks for due deliveries now instead of at the next turn. */
  readonly wake: () => void
  /** Stops claiming, lets what is on its way end within the time, gives the rest back. */
  readonly stop: (withinMs?: number) => Promise<void>
}

const LEASE_MS = 60_000
const CLAIM = 50
/** Delivered messages are looked at for a month. */
const KEPT_MS = 30 * 86_400_000
const IDLE_MS = 5_000
/** What ends within this time is followed by one look and one claim. */
const TOGETHER_MS = 5

/** What a delivery that was put off asks of its lane. */
const NOTHING_SENT = -1
/** A clock is set back by more than this, or runs a little apart from that of another process. */
const CLOCKS_APART_MS = 120_000

interface Lane { busy: boolean; freeAt: number; failures: number }

/** Starts emptying the outbox. Deliveries that a dead process left behind on the embedded database are due at once. */
export function startWorker(options: WorkerOptions): Worker {
  const { store, gapMs = 1_000, now = () => new Date(), onError = () => {} } = options
  const owner = uuid()
  const lanes = new Map<LaneId, Lane>()
  const running = new Set<Promise<void>>()
  let timer: NodeJS.Timeout | undefined
  let alarmAt = 0
  let isStopped = false
  let turn: Promise<void> | null = null
  let isWoken = false
  let sweptAt = 0
  let forgotAt = 0

  const laneOf = (id: LaneId): Lane => {
    const lane = lanes.get(id) ?? { busy: false, freeAt: 0, failures: 0 }
    lanes.set(id, lane)
    return lane
  }

  /** Takes the next message of each destination that can be sent to now; what has to wait is not touched, however much it is. */
  async function round(): Promise<void> {
    const at = now()
    const free = (await waitingLanes(store)).filter(({ lane, dueAt }) => dueAt <= at && !laneOf(lane).busy && laneOf(lane).freeAt <= at.getTime()).map(({ lane }) => lane)
    const asked = free.slice(0, CLAIM)
    if (asked.length < free.length) isWoken = true
    if (asked.length === 0 || isStopped) return
    const claimed = await claimDeliveries(store, { owner, now: at, until: new Date(at.getTime() + LEASE_MS), lanes: asked })
    for (const delivery of claimed) {
      const lane = laneOf(delivery.destinationId)
      lane.busy = true
      const job = carry(delivery, lane).catch(onError).finally(() => { lane.busy = false; running.delete(job); schedule(TOGETHER_MS) })
      running.add(job)
    }
    // Nothing came of a lane whose due messages stand behind one of their own that failed: it is asked again after a pause.
    for (const id of asked) if (!laneOf(id).busy) laneOf(id).freeAt = at.getTime() + gapMs
  }

  async function carry(delivery: Delivery, lane: Lane): Promise<void> {
    const { pauseMs, failures } = await deliver(options, delivery)
    if (pauseMs !== NOTHING_SENT) {
      if (failures !== null) lane.failures = failures
      lane.freeAt = now().getTime() + Math.max(gapMs, pauseMs, lane.failures >= BREAKS_AFTER ? (options.brokenMs ?? BROKEN_MS) : 0)
    }
    if (delivery.destinationId !== null) options.onMoved?.(delivery.destinationId)
  }

  function schedule(afterMs: number): void {
    const wakesAt = Date.now() + afterMs
    if (isStopped || (timer && alarmAt <= wakesAt)) return
    clearTimeout(timer)
    alarmAt = wakesAt
    timer = setTimeout(wake, afterMs).unref()
  }

  async function runTurn(): Promise<void> {
    do {
      isWoken = false
      if (await isAnythingDue()) await round()
    } while (isWoken && !isStopped)
    await plan()
  }

  /** Every commit wakes the worker and most tell nobody: a read first, because a claim takes the write lock. */
  async function isAnythingDue(): Promise<boolean> {
    const at = now()
    if (Math.abs(at.getTime() - sweptAt) > LEASE_MS / 2) await sweep(at)
    const due = await nextDueAt(store)
    return due !== null && due <= at
  }

  /** What another process left behind waits again; what was delivered long ago is forgotten. */
  async function sweep(at: Date): Promise<void> {
    sweptAt = at.getTime()
    await reviveLost(store, at)
    await freeStranded(store, at, CLOCKS_APART_MS)
    if (Math.abs(sweptAt - forgotAt) <= 3_600_000) return
    forgotAt = sweptAt
    await forgetDelivered(store, new Date(sweptAt - KEPT_MS))
    await forgetDeadMail(store, PERSON_TOPIC, new Date(sweptAt - KEPT_MS))
  }

  /** Sleeps until the next message can go out, never long, because another process may bring one or a clock may jump. */
  async function plan(): Promise<void> {
    if (isStopped) return
    const waiting = await waitingLanes(store).catch(() => [])
    const times = waiting.filter(({ lane }) => !laneOf(lane).busy).map(({ lane, dueAt }) => Math.max(dueAt.getTime(), laneOf(lane).freeAt))
    schedule(Math.min(Math.max(Math.min(...times) - now().getTime(), 0), IDLE_MS))
  }

  function wake(): void {
    clearTimeout(timer)
    timer = undefined
    if (isStopped) return
    if (turn) { isWoken = true; return }
    turn = runTurn().catch((error: unknown) => { onError(error); schedule(IDLE_MS) }).finally(() => {
      turn = null
      // Woken while the turn was already laying itself down: what came is looked at now and not after the pause.
      if (isWoken) wake()
    })
  }

  void expireLeases(store, now()).catch(onError).finally(wake)
  return {
    wake,
    async stop(withinMs = 5_000) {
      isStopped = true
      clearTimeout(timer)
      await turn
      const patience = new Promise<void>((resolve) => { setTimeout(resolve, withinMs).unref() })
      await Promise.race([Promise.allSettled([...running]), patience])
      // What is still on its way keeps its lease: it may arrive, and the next process says so.
      if (running.size === 0) await releaseLeases(store, owner)
    },
  }
}

interface Tried {
  /** How long the destination asks to be left alone, in milliseconds. */
  readonly pauseMs: number
  /** How often in a row the place has failed now, in a way that says that the next message would fail, too; null: this says nothing of the place. */
  readonly failures: number | null
}

/** The place was not asked, or asked for patience. */
const UNTOUCHED: Tried = { pauseMs: 0, failures: null }
/** The place answers, whatever it said of this message. */
const ANSWERED: Tried = { pauseMs: 0, failures: 0 }

/** Tries one delivery and writes down what came of it. */
async function deliver(options: WorkerOptions, claimed: Delivery): Promise<Tried> {
  const { store, now = () => new Date(), random = Math.random, scheduleMs = RETRY_SCHEDULE_MS } = options
  const startedAt = now()
  const delivery = await readyToSend(store, claimed, startedAt)
  if (delivery === 'later') return { pauseMs: NOTHING_SENT, failures: null }
  const giveUp = async (status: string, error: string): Promise<Tried> => {
    await failDelivery(store, delivery, { attemptId: uuid(), at: startedAt, status, durationMs: 0, excerpt: null }, { error, nextAt: null })
    return UNTOUCHED
  }
  const parcel = await parcelOf(options, delivery)
  if (parcel === 'held') {
    await holdDelivery(store, delivery, 'The destination is switched off.')
    return UNTOUCHED
  }
  if ('refused' in parcel) return giveUp('refused', parcel.refused)
  const { secret } = parcel

  const earlier = await attemptsOf(store, delivery.id)
  // Without a report of each earlier attempt, one of them ended with its process and may have arrived.
  const mayBeRepeat = earlier.some((one) => one.status === LOST) || earlier.length < delivery.attempts - 1
  const attempt = await parcel.send(mayBeRepeat, startedAt)
  const endedAt = now()
  const report: AttemptReport = {
    attemptId: uuid(), at: startedAt, status: statusOf(attempt), durationMs: Math.max(0, endedAt.getTime() - startedAt.getTime()), excerpt: excerptOf(attempt, secret),
  }
  const judgement = judge(attempt, endedAt, parcel.kind)
  const place = placeOf(delivery)
  if (judgement.kind === 'delivered') {
    await completeDelivery(store, delivery, report, [failingWrite(place, null)])
    return ANSWERED
  }
  // A mail server says its number itself.
  const error = report.excerpt?.startsWith(report.status) ? report.excerpt : `${report.status}${report.excerpt ? ` ${report.excerpt}` : ''}`
  if (judgement.kind === 'retry') {
    // Attempts from before somebody sent it again by hand do not use up the schedule.
    const sinceReplay = delivery.attempts > 1 ? earlier.slice(1 - delivery.attempts) : []
    const tries = sinceReplay.filter((one) => one.status !== PACED).length + (judgement.isPacing ? 0 : 1)
    const delay = nextDelayMs(judgement.delayMs, tries, random(), scheduleMs)
    const before = judgement.isPacing ? null : await readFailing(store, place)
    const failing = judgement.isPacing ? null : { count: (before?.count ?? 0) + 1, since: before?.since ?? startedAt.toISOString(), error: error.slice(0, 300) }
    await failDelivery(store, delivery, report, { error, nextAt: delay === null ? null : new Date(endedAt.getTime() + delay) }, failing ? [failingWrite(place, failing)] : [])
    // A limit is the destination's, and so is silence: its other messages wait as well. A 500 may be about this one only.
    return { pauseMs: judgement.isPacing || attempt.kind !== 'answered' ? Math.min(delay ?? 0, 60_000) : 0, failures: failing?.count ?? null }
  }
  await failDelivery(store, delivery, report, { error, nextAt: null }, [failingWrite(place, null)])
  if (judgement.kind === 'disable' && delivery.destinationId !== null) await options.disable(delivery.destinationId, judgement.reason, error.slice(0, 300))
  return ANSWERED
}
