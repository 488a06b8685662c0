/** Decides commands on a live version: adopt, lift a hold, review date, and the turns of the standing watch (PRODUCT rules 13, 14, 23). */
import { actorId, type Actor } from '@/lib/domain/actor'
import { refuse, type Change, type Outcome } from '@/lib/domain/aggregate'
import { may } from '@/lib/domain/policy'
import type { Action, ItemVerdict, ReleaseState, VersionRef } from '@/lib/domain/release/state'
import type { ReleaseEvent } from '@/lib/domain/release/events'
import { freeText } from '@/lib/domain/text'
import type { LiveCommand } from './commands'
import type { LiveEvent } from './events'
import type { LiveState } from './state'

export interface LiveWorld {
  readonly id: string
  readonly modelId: string
  readonly environmentId: string
  readonly live: LiveState | null
  /** The version that the command names. */
  readonly version: VersionRef | null
  readonly environmentExists: boolean
  /** The release by which the watched version came; only for verdicts of the watch. */
  readonly watched: ReleaseState | null
  /** Releases in flight there, whose last stable moves. */
  readonly siblings: readonly ReleaseState[]
}

type Bare = LiveEvent extends infer E ? (E extends LiveEvent ? Omit<E, 'v' | 'at' | 'by'> : never) : never

/** In: the live version with its world, the command, who and when. Out: changes, or a refusal that says what to do. */
export function decideLive(world: LiveWorld, command: LiveCommand, actor: Actor, now: Date): Outcome {
  const at = now.toISOString()
  const by = actorId(actor)
  const about = { modelId: world.modelId }
  const begin: readonly Bare[] = world.live ? [] : [{ type: 'live-began', id: world.id, modelId: world.modelId, environmentId: world.environmentId }]
  const change = (...bare: readonly Bare[]): Change => ({ kind: 'live', id: world.id, events: [...begin, ...bare].map((event): LiveEvent => ({ v: 1, at, by, ...event })) })
  const action = { adopt: 'live.adopt', 'lift-hold': 'live.lift-hold', 'set-review': 'live.change-watch', 'record-verdict': 'live.evaluate' } as const
  const allowed = may(actor, action[command.type], about)
  if (allowed !== true) return { ok: false, refusal: allowed }
  if (!world.environmentExists) return refuse('not-found', 'There is no such model or environment.')
  switch (command.type) {
    case 'adopt': {
      if (!world.version) return refuse('not-found', 'There is no such version of this model; register it first.')
      if (Date.parse(command.since) > now.getTime()) return refuse('invalid', 'It cannot be live since a later time than now.')
      if (world.live?.rollingOut) return refuse('blocked', `${world.live.rollingOut.code} is rolling out there; what is live is changing.`)
      if (world.live?.lastStable?.versionId === world.version.versionId) return refuse('exists', 'This version is the last stable one already.')
      const version = world.version
      const siblings = world.siblings.filter((s) => !s.stableAt && !s.end).map((sibling): Change => {
        const event: ReleaseEvent = { type: 'last-stable-moved', v: 1, at, by, lastStable: version, releaseId: null, code: '', label: version.label, isOvertaken: false }
        return { kind: 'release', id: sibling.id, events: [event] }
      })
      const stable = { ...version, since: command.since, recordedAt: at, recordedBy: by, how: 'adopted' as const, releaseId: null, releaseCode: null }
      return { ok: true, changes: [change({ type: 'adopted', stable, note: freeText(command.note) }), ...siblings] }
    }
    case 'lift-hold': {
      const held = world.live?.held.find((h) => h.versionId === command.versionId && !h.lifted)
      if (!held) return refuse('not-found', 'This version is not held here.')
      return { ok: true, changes: [change({ type: 'hold-lifted', versionId: held.versionId, cause: freeText(command.cause) })] }
    }
    case 'set-review':
      if (!world.live?.watch) return refuse('not-found', 'Nothing is watched there yet.')
      return { ok: true, changes: [change({ type: 'review-set', reviewAt: command.reviewAt })] }
    case 'record-verdict': {
      const watch = world.live?.watch
      if (!watch) return refuse('not-found', 'Nothing is watched there.')
      const { type: _type, itemId, title, ...seen } = command
      if (watch.items[itemId]?.verdict === seen.verdict) return { ok: true, changes: [] }
      const verdict: ItemVerdict = seen
      const isAtRisk = Object.entries({ ...watch.items, [itemId]: verdict }).some(([, one]) => one.verdict === 'fail')
      return { ok: true, changes: [change({ type: 'watch-turned', itemId, title, verdict, isAtRisk }), ...actionOnTurn(world, itemId, title, verdict, by, now)] }
    }
  }
}

/** How long the owner has to answer a turn of the watch. */
const ANSWER_MS = 86_400_000

/**
 * Rule 23: a turn to failing opens an action on the release that the version came by; through it the turn stands on My work and on the
 * next agenda. One open action per item: a metric that flaps asks once.
 */
function actionOnTurn(world: LiveWorld, itemId: string, title: string, verdict: ItemVerdict, by: string, now: Date): readonly Change[] {
  const { watched } = world
  if (!watched || verdict.verdict !== 'fail') return []
  if (watched.actions.some((one) => one.source === 'watch' && one.sourceId === itemId && one.done === null)) return []
  const at = now.toISOString()
  const action: Action = {
    id: `watch-${itemId}-${now.getTime()}`, source: 'watch', sourceId: itemId, title: freeText(`Answer the watch: ${title}, ${verdict.reason.replace(/\.$/, '')}`),
    ownerId: watched.onCallId ?? watched.owners['ops'] ?? null, team: 'ops', dueAt: new Date(now.getTime() + ANSWER_MS).toISOString(), by, at, done: null,
  }
  const event: ReleaseEvent = { type: 'action-added', v: 1, at, by, action }
  return [{ kind: 'release', id: watched.id, events: [event] }]
}
