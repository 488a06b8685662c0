/** The one write path: load, decide, seal, fold, commit, announce. Nothing else changes an aggregate. */
import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { advanceWrite, holdWrite, loadAggregate } from '@/db/aggregate'
import type { ActorStamp, Entry } from '@/db/chain'
import { firstAnswer } from '@/db/idempotency'
import { type Projection, projections } from '@/db/projections'
import { sealEvents, type TextRow, textRow } from '@/db/seal'
import type { Store } from '@/db/store'
import { AggregateConflict, IdempotencyConflict, type Write } from '@/db/write'
import { type Actor, actorId } from '@/lib/domain/actor'
import type { AggregateKind, Change, Refusal, RefusalCode } from '@/lib/domain/aggregate'
import { type Folding, foldingOf, registry } from '@/lib/domain/registry'
import { processWide } from '@/lib/public/process-wide'
import { announce } from '@/lib/server/bus'
import { contexts } from '@/lib/server/context'
import type { AnyRegistration, Seen } from '@/lib/server/context/registration'
import { rawStore } from '@/lib/server/raw-store'
import { isStorable, issuesOf } from '@/lib/server/command-words'

export interface Call {
  readonly kind: AggregateKind
  readonly id: string
  readonly command: unknown
  readonly actor: Actor
  /** The caller's idempotency key; a repeat under the same actor gets the first answer. */
  readonly key: string
  /** What the key stands for, where somebody outside chooses it: under a used key, anything else is refused and not taken for done. */
  readonly keyFor?: string
  readonly now?: Date
  /** Rows beside the record that no word of the command may carry, such as a credential; written with it or not at all. */
  readonly beside?: readonly Write[]
}

export type Result =
  /** `id` is the aggregate's; for a repeated creation that of the first. */
  | { readonly ok: true; readonly id: string; readonly version: number; readonly seq: number; readonly answer: unknown }
  | { readonly ok: false; readonly refusal: Refusal }

/** Where `execute` works; tests put their own kinds and stores here. */
export interface Workplace {
  readonly store: Store
  readonly contexts: Partial<Record<AggregateKind, AnyRegistration>>
  readonly foldings: Partial<Record<AggregateKind, Folding>>
  readonly projections: Partial<Record<AggregateKind, Projection>>
  /** Who waits for whom; absent: this process. Tests give each replica its own. */
  readonly turns?: Map<string, Promise<unknown>>
}

/** How often a command is decided again when others changed what it rests on (PRODUCT rule 2). */
const DECISIONS = 4
/** How often a number or code that another replica took first is drawn again; each time somebody else has succeeded. */
const DRAWS = 16

/**
 * Runs one command. Out: the aggregate's new version and the answer, once it is on disk; or why it was refused.
 * Refusals are values and are not kept: a refused command may be sent again under the same key. Thrown: only broken I/O and bugs.
 */
export async function execute(call: Call): Promise<Result> {
  return executeIn({ store: await rawStore(), contexts, foldings: registry, projections }, call)
}

/** `execute` in a given workplace. */
export function executeIn(place: Workplace, call: Call): Promise<Result> {
  return inTurn(place.turns ?? processWide('execute-turns', () => new Map<string, Promise<unknown>>()), laneOf(call), () => executeNow(place, call))
}

/** Work beside the record that rests on an aggregate, in turn with the commands on it, so that neither makes the other be done again. */
export function inTurnOf<T>(kind: AggregateKind, id: string, work: () => Promise<T>): Promise<T> {
  return inTurn(processWide('execute-turns', () => new Map<string, Promise<unknown>>()), laneOf({ kind, id }), work)
}

/** Releases and what is live guard each other's versions: taking turns, a person's command does not lose again and again to a stream of verdicts on its neighbours. */
function laneOf({ kind, id }: Pick<Call, 'kind' | 'id'>): string {
  return kind === 'release' || kind === 'live' ? 'traffic' : `${kind} ${id}`
}

/**
 * Commands on one aggregate wait for each other here, so that fifty people who act at once meet no conflict in one process;
 * the guards in the database remain for what else changes and for other replicas.
 */
function inTurn<T>(turns: Map<string, Promise<unknown>>, key: string, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(key) ?? Promise.resolve()).then(work)
  const settled = mine.catch(() => undefined).finally(() => {
    if (turns.get(key) === settled) turns.delete(key)
  })
  turns.set(key, settled)
  return mine
}

async function executeNow(place: Workplace, call: Call): Promise<Result> {
  const registration = place.contexts[call.kind]
  if (!registration) return refused('not-found', `There are no commands for ${call.kind}.`)
  const parsed = registration.schema.safeParse(call.command)
  if (!parsed.success) return { ok: false, refusal: issuesOf(parsed.error.issues) }
  if (!isStorable(parsed.data)) return refused('invalid', 'The text holds characters that cannot be stored (a null character or half of a surrogate pair).')
  const who = actorId(call.actor)
  const now = call.now ?? new Date()
  const earlier = await repeated(place.store, who, call)
  if (earlier) return earlier
  let draws = 0
  for (let round = 1; round <= DECISIONS; round += 1) {
    const { context, versions } = await registration.load(place.store, call.id, parsed.data, call.actor, now)
    const outcome = registration.decide(context, parsed.data, call.actor, now)
    if (!outcome.ok) return outcome
    const answer = registration.answer?.(outcome.changes, context) ?? null
    const outbox = registration.notify?.(outcome.changes, context, call.actor, now) ?? []
    const plan = await planOf(place, call, outcome.changes, versions, now)
    if (!plan) continue
    const beside = registration.beside?.(outcome.changes, context, parsed.data, now) ?? []
    const kept = { id: call.id, version: plan.version, answer, ...(call.keyFor === undefined ? {} : { keyFor: call.keyFor }) }
    try {
      const { seq } = await place.store.commit({ ...plan, writes: [...plan.writes, ...beside, ...(call.beside ?? [])], outbox, idempotency: { actorId: who, key: call.key, answer: kept, at: now } })
      for (const next of plan.moved) announce({ ...next, seq })
      return { ok: true, id: call.id, version: plan.version, seq, answer }
    } catch (error) {
      if (error instanceof IdempotencyConflict) return (await repeated(place.store, who, call)) ?? refused('conflict', 'The same command is being carried out. Try again.')
      if (!(error instanceof AggregateConflict)) throw error
      if (error.isTaken && draws < DRAWS) {
        draws += 1
        round -= 1
        await sleep(Math.random() * 10 * draws)
      }
    }
  }
  return refused('conflict', 'Others changed this at the same moment. Look at it again and repeat your command.')
}

function refused(code: RefusalCode, message: string): Result {
  return { ok: false, refusal: { code, message } }
}

// Answers kept before `id` and `keyFor` were kept with them stand for whatever comes under their key.
const Kept = z.object({ id: z.string().optional(), version: z.number(), answer: z.unknown(), keyFor: z.string().optional() })

async function repeated(store: Store, who: string, { id, key, keyFor }: Call): Promise<Result | null> {
  const first = await firstAnswer(store, who, key)
  if (!first) return null
  const kept = Kept.safeParse(first.answer)
  if (!kept.success) throw new Error('a kept answer is damaged')
  const { data } = kept
  if (keyFor !== undefined && data.keyFor !== undefined && data.keyFor !== keyFor) {
    return refused('invalid', 'Another command was carried out under this Idempotency-Key. Send this one under a key of its own.')
  }
  return { ok: true, id: data.id ?? id, version: data.version, seq: 0, answer: data.answer ?? null }
}

interface Prepared {
  readonly writes: readonly Write[]
  readonly entries: readonly Entry[]
  readonly texts: readonly TextRow[]
  readonly version: number
  readonly moved: readonly { readonly kind: AggregateKind; readonly id: string; readonly version: number }[]
}

/** Seals the changes, folds them over the states they belong to, and lists the writes. Null when a state moved on since it was seen. */
async function planOf(place: Workplace, call: Call, changes: readonly Change[], versions: readonly Seen[], now: Date): Promise<Prepared | null> {
  const who = actorId(call.actor)
  const sealed = sealEvents(changes, who)
  const name = textRow(call.actor.name, call.kind, call.id, call.actor.kind === 'person' ? who : null, who)
  const actor = stampOf(call.actor, name.hash)
  const guards = new Map<string, Write>()
  const lists: Write[] = []
  const entries: Entry[] = []
  const moved: { kind: AggregateKind; id: string; version: number }[] = []
  let own = versions.find((seen) => seen.kind === call.kind && seen.id === call.id)?.version ?? 0
  for (const { kind, id, events } of merged(sealed.changes)) {
    const loaded = await loadAggregate(place.store, kind, id)
    const stated = versions.find((one) => one.kind === kind && one.id === id)
    // deciding on a state and folding over a later one would break the guard silently
    if (!stated && loaded) throw new Error(`the context of ${call.kind} did not state the version of ${kind} ${id}, which its decision changes`)
    const seen = stated?.version ?? 0
    if ((loaded?.version ?? 0) !== seen) return null
    if (events.length === 0) continue
    const folding = foldingOf(kind, place.foldings)
    let state: unknown = loaded?.state ?? null
    for (const event of events) state = folding.apply(state, event)
    const version = seen + events.length
    guards.set(`${kind} ${id}`, advanceWrite(kind, id, seen, { version, state, at: now }))
    lists.push(...(place.projections[kind]?.project(id, state, loaded?.state ?? null, now) ?? []))
    events.forEach((event, index) => entries.push({ kind, aggregateId: id, aggregateVersion: seen + index + 1, at: now, actor, event }))
    moved.push({ kind, id, version })
    if (kind === call.kind && id === call.id) own = version
  }
  for (const { kind, id, version } of versions) {
    const key = `${kind} ${id}`
    if (!guards.has(key) && version > 0) guards.set(key, holdWrite(kind, id, version))
  }
  // one order of locks for all commands, so that two of them never wait for each other
  const inOrder = [...guards].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, guard]) => guard)
  const texts = entries.length > 0 ? [...sealed.texts, name] : []
  return { writes: [...inOrder, ...lists], entries, texts, version: own, moved }
}

/** A decision may name one aggregate in several changes; they are one step of it. */
function merged(changes: readonly Change[]): readonly Change[] {
  const byKey = new Map<string, Change>()
  for (const change of changes) {
    const key = `${change.kind} ${change.id}`
    const earlier = byKey.get(key)
    byKey.set(key, earlier ? { ...earlier, events: [...earlier.events, ...change.events] } : change)
  }
  return [...byKey.values()]
}

function stampOf(actor: Actor, sealed: string): ActorStamp {
  const memberships = actor.kind === 'person' ? actor.memberships : []
  const roles = memberships.map((one) => `${one.team}:${one.role}`)
  return {
    kind: actor.kind,
    id: actorId(actor),
    name: { sealed },
    teams: memberships.map((one) => one.team),
    roles: actor.kind === 'person' && actor.isAdmin ? [...roles, 'admin'] : roles,
  }
}
