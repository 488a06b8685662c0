/** A world in memory in which tests play releases by commands with a moved clock: what `execute` does, without a store. */
import type { Actor, Membership, PersonActor, SystemActor } from '@/lib/domain/actor'
import type { Change, DomainEvent, Refusal } from '@/lib/domain/aggregate'
import { applyLive } from '@/lib/domain/live/apply'
import type { LiveState } from '@/lib/domain/live/state'
import { applyRelease } from '@/lib/domain/release/apply'
import type { ReleaseCommand } from '@/lib/domain/release/commands'
import { decideRelease } from '@/lib/domain/release/decide'
import type { ReleaseEvent } from '@/lib/domain/release/events'
import { readRelease, type Freeze } from '@/lib/domain/release/phase'
import type { ReleaseState, RiskTier, Separation } from '@/lib/domain/release/state'
import type { ReleaseWorld, WorldVersion } from '@/lib/domain/release/world'
import { ML_RELEASE } from '@/lib/domain/template/shipped'
import type { TemplateRevision } from '@/lib/domain/template/template'

export const EVALUATOR: SystemActor = { kind: 'system', name: 'evaluator' }
export const CLOCK: SystemActor = { kind: 'system', name: 'clock' }

/** A readable id that is a UUID as commands want it: `id(7)`. */
export function id(number: number): string {
  return `01980000-0000-7000-8000-${String(number).padStart(12, '0')}`
}

export function person(number: number, name: string, memberships: readonly Membership[], isAdmin = false): PersonActor {
  return { kind: 'person', personId: id(number), name, memberships, isAdmin, delegatedBy: [] }
}

const of = (team: string, role: 'member' | 'lead' = 'member'): Membership => ({ team, role })

/** Six people, two per team, the first of each its lead. */
export const SIX = {
  pia: person(1, 'Pia', [of('product', 'lead')]), paul: person(2, 'Paul', [of('product')]),
  dana: person(3, 'Dana', [of('data-science', 'lead')]), dirk: person(4, 'Dirk', [of('data-science')]),
  olga: person(5, 'Olga', [of('ops', 'lead')]), omar: person(6, 'Omar', [of('ops')]),
}

export const TEAMS = [{ id: 'product', name: 'Product' }, { id: 'data-science', name: 'Data science' }, { id: 'ops', name: 'Ops' }]
export const MODEL = id(100)
export const TARGET = id(200)
export const STAGING = id(201)

export function version(number: number, more: Partial<WorldVersion> = {}): WorldVersion {
  return { id: id(300 + number), label: `4.${number}.0`, registeredBy: SIX.dana.personId, artefact: `sha256:${number}`, code: `commit-${number}`, data: 'dvc-1', behaviour: '', ...more }
}

export interface PlayOptions {
  readonly people?: readonly PersonActor[]
  readonly separation?: Readonly<Record<RiskTier, Separation>>
  readonly template?: TemplateRevision
  readonly versions?: readonly WorldVersion[]
  readonly start?: string
}

interface Folds {
  release(state: ReleaseState | null, event: DomainEvent): ReleaseState
  live(state: LiveState | null, event: DomainEvent): LiveState
}
const folds: Folds = { release: applyRelease, live: applyLive }

export type Played = { readonly ok: true; readonly events: readonly DomainEvent[] } | { readonly ok: false; readonly refusal: Refusal }

export class Play {
  readonly releases = new Map<string, ReleaseState>()
  readonly log: { readonly kind: string; readonly id: string; readonly event: DomainEvent }[] = []
  live: LiveState | null = null
  freezes: Freeze[] = []
  /** Hashes of files that were uploaded. */
  readonly files = new Set<string>()
  now: Date
  private decisions = 0
  readonly people: readonly PersonActor[]
  readonly versions: readonly WorldVersion[]
  template: TemplateRevision
  readonly separation: Readonly<Record<RiskTier, Separation>>

  constructor(options: PlayOptions = {}) {
    this.people = options.people ?? Object.values(SIX)
    this.versions = options.versions ?? [version(1), version(2), version(3)]
    this.template = options.template ?? ML_RELEASE
    this.separation = options.separation ?? { low: 'small-team', medium: 'small-team', high: 'strict' }
    this.now = new Date(options.start ?? '2026-03-02T09:00:00.000Z')
  }

  pass(minutes: number): this {
    this.now = new Date(this.now.getTime() + minutes * 60_000)
    return this
  }

  world(releaseId: string, command: ReleaseCommand): ReleaseWorld {
    const named = command.type === 'open-release' || command.type === 'replace-candidate' ? command.versionId : null
    const environment = { id: TARGET, name: 'production-eu', orchestrator: 'Kubernetes', isArchived: false, freezes: this.freezes }
    return {
      id: releaseId, release: this.releases.get(releaseId) ?? null, live: this.live,
      siblings: [...this.releases.values()].filter((r) => r.id !== releaseId && !r.end),
      people: this.people.map((p) => ({ id: p.personId, name: p.name, memberships: p.memberships })), teams: TEAMS, separation: this.separation,
      environment, staging: { ...environment, id: STAGING, name: 'staging-eu', freezes: [] }, model: { id: MODEL, name: 'fraud-scorer', isArchived: false },
      version: this.versions.find((v) => v.id === named) ?? null, stableVersion: this.versions.find((v) => v.id === this.releases.get(releaseId)?.lastStable?.versionId) ?? null, template: this.template, nextCode: `FRAUD-${this.releases.size + 1}`, nextDecision: this.decisions + 1,
      storedFile: command.type === 'add-evidence' && 'hash' in command.evidence && command.evidence.hash !== null && this.files.has(command.evidence.hash) ? { hash: command.evidence.hash, size: 3, mediaType: 'text/plain' } : null,
      ancestor: command.type === 'inherit-gate' ? (this.releases.get(command.fromReleaseId) ?? null) : null,
    }
  }

  /** Decides and folds one command. */
  run(releaseId: string, command: ReleaseCommand, actor: Actor): Played {
    const outcome = decideRelease(this.world(releaseId, command), command, actor, this.now)
    if (!outcome.ok) return outcome
    for (const change of outcome.changes) this.fold(change)
    return { ok: true, events: outcome.changes.flatMap((change) => change.events) }
  }

  /** Like `run`, but a refusal fails the test with its words. */
  must(releaseId: string, command: ReleaseCommand, actor: Actor): readonly DomainEvent[] {
    const played = this.run(releaseId, command, actor)
    if (!played.ok) throw new Error(`${command.type} by ${actor.name}: ${played.refusal.message} ${JSON.stringify(played.refusal.blockers ?? [])}`)
    return played.events
  }

  private fold({ kind, id: target, events }: Change): void {
    for (const event of events) {
      this.log.push({ kind, id: target, event })
      if (event.type === 'decided') this.decisions += 1
      if (kind === 'release') this.releases.set(target, folds.release(this.releases.get(target) ?? null, event))
      if (kind === 'live') this.live = folds.live(this.live, event)
    }
  }

  release(releaseId: string): ReleaseState {
    const state = this.releases.get(releaseId)
    if (!state) throw new Error('no such release')
    return state
  }

  reading(releaseId: string) {
    return readRelease(this.release(releaseId), this.freezes, this.now)
  }

  gate(releaseId: string, gateId: string) {
    const standing = this.reading(releaseId).gates.find((g) => g.gate.id === gateId)
    if (!standing) throw new Error(`no gate ${gateId}`)
    return standing
  }

  /** The release as its log gives it back. */
  replay(releaseId: string): ReleaseState | null {
    return this.log.filter((entry) => entry.kind === 'release' && entry.id === releaseId)
      .reduce<ReleaseState | null>((state, { event }) => folds.release(state, event), null)
  }
}

export type { ReleaseEvent }
