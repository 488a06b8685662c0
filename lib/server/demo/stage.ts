/** The stage of the demo: a clock that is moved, a plan of what happens when, and orders that go through the product's one write path. */
import 'server-only'
import { v4 as randomId, v7 as timedId } from 'uuid'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import type { AggregateKind } from '@/lib/domain/aggregate'
import type { Call, Result } from '@/lib/server/execute'

const MINUTE = 60_000
const UNITS: Readonly<Record<string, number>> = { d: 1440 * MINUTE, h: 60 * MINUTE, m: MINUTE, s: 1000 }
/** What somebody takes for one command of a longer step. */
const PACE_MS = 19_000

/** Milliseconds of a length of time such as `2d 4h 30m`. */
export function span(text: string): number {
  return text.split(' ').reduce((sum, part) => sum + Number.parseFloat(part) * (UNITS[part.at(-1) ?? ''] ?? Number.NaN), 0)
}

interface Planned {
  readonly at: number
  readonly run: () => Promise<void>
}

export class Stage {
  now: Date
  private readonly plan: Planned[] = []

  /** In: the store, the instant at which the demo begins (nothing happens after it), and the way to execute; tests give their own. */
  constructor(readonly store: Store, readonly start: Date, private readonly execute: (call: Call) => Promise<Result>) {
    this.now = start
  }

  /** The instant that lies so long before the start. */
  ago(text: string): Date {
    return new Date(this.start.getTime() - span(text))
  }

  /** The instant that lies so long after the start. */
  ahead(text: string): Date {
    return new Date(this.start.getTime() + span(text))
  }

  /** A fresh id that sorts by the moved clock. */
  freshId(): string {
    return timedId({ msecs: this.now.getTime() })
  }

  /** Plans a step. In: how long before the start, as words or as the instant. */
  at(when: string | Date, run: () => Promise<void>): void {
    this.plan.push({ at: typeof when === 'string' ? this.ago(when).getTime() : when.getTime(), run })
  }

  /** Plays what was planned, in the order of its time. A step may take longer than it has; then the next one waits, as people do. */
  async play(): Promise<void> {
    const inOrder = this.plan.splice(0).toSorted((a, b) => a.at - b.at)
    this.now = new Date(0)
    for (const step of inOrder) {
      this.moveTo(step.at)
      await step.run()
    }
    this.now = this.start
  }

  private moveTo(at: number): void {
    this.now = new Date(Math.min(Math.max(at, this.now.getTime() + 1), this.start.getTime()))
  }

  /** Carries out one command a little later than the last. Thrown: its refusal, which is a slip in the story. */
  async order(kind: AggregateKind, id: string, command: Readonly<Record<string, unknown>> & { readonly type: string }, actor: Actor): Promise<void> {
    this.moveTo(this.now.getTime() + PACE_MS)
    const result = await this.execute({ kind, id, command, actor, key: randomId(), now: this.now })
    if (result.ok) return
    const { message, blockers } = result.refusal
    throw new Error(`${actor.name} at ${this.now.toISOString()}: ${command.type} was refused: ${message} ${JSON.stringify(blockers ?? [])}`)
  }
}
