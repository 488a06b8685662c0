/** A tiny aggregate with which the tests of the store and of `execute` work: a counter that may not pass its limit. */
import { z } from 'zod'
import { loadAggregate } from '@/db/aggregate'
import type { Workplace } from '@/lib/server/execute'
import type { Store } from '@/db/store'
import type { PersonActor } from '@/lib/domain/actor'
import { accept, type Change, type DomainEvent, refuse } from '@/lib/domain/aggregate'
import { type FreeText, freeText } from '@/lib/domain/text'
import { defineContext } from '@/lib/server/context/registration'

export interface CounterState {
  readonly count: number
  readonly notes: readonly FreeText[]
}

interface Counted extends DomainEvent {
  readonly type: 'counted'
  readonly by: number
  readonly note: FreeText
}

export function applyCounter(state: CounterState | null, event: Counted): CounterState {
  return { count: (state?.count ?? 0) + event.by, notes: [...(state?.notes ?? []), event.note] }
}

const Command = z.strictObject({ type: z.literal('count'), by: z.number().int(), note: z.string().max(200), limit: z.number().default(1e9), times: z.number().default(1) })
const State = z.object({ count: z.number(), notes: z.array(z.object({ sealed: z.string() })) })

const counter = defineContext<z.infer<typeof Command>, { id: string; state: CounterState | null }>({
  schema: Command,
  async load(store, id) {
    const loaded = await loadAggregate(store, 'token', id)
    return { context: { id, state: loaded ? State.parse(loaded.state) : null }, versions: [{ kind: 'token', id, version: loaded?.version ?? 0 }] }
  },
  decide({ id, state }, { by, note, limit, times }) {
    if ((state?.count ?? 0) + by * times > limit) return refuse('blocked', 'The counter is full.')
    const event = { type: 'counted', v: 1, by, note: freeText(note) }
    return accept({ kind: 'token', id, events: Array.from({ length: times }, () => event) } satisfies Change)
  },
  notify: (changes, { id }, _actor, now) =>
    changes.map((change, index) => ({
      id: `${id}-${now.getTime()}-${index}-${Math.random()}`, dedupeKey: `${id}-${Math.random()}`, topic: 'counted', orderingKey: id,
      destinationId: null, payload: { events: change.events.length }, nextAt: now,
    })),
  answer: (_changes, { state }) => ({ before: state?.count ?? 0 }),
})

/** Puts the counter where tokens are in the product. */
export function counterPlace(store: Store): Workplace {
  return { store, contexts: { token: counter }, foldings: { token: { apply: applyCounter } }, projections: {} }
}

export const mara: PersonActor = {
  kind: 'person', personId: 'p-mara', name: 'Mara Okafor', memberships: [{ team: 'ops', role: 'lead' }], isAdmin: false, delegatedBy: [],
}
