/** What must hold over any history: no rollout with an unmet gate, replay equals state, and always a legal way out, for any set-up of two or more people. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Membership, PersonActor } from '@/lib/domain/actor'
import type { ReleaseCommand } from './commands'
import { isPassed } from './gate-standing'
import { unmetRules } from '@/lib/domain/template/attainable'
import { CLOCK, EVALUATOR, id, person, Play, version } from './testing/play'
import { decision, open, prepare, rollOut, signOff, verdict } from './testing/story'

const TEAM_IDS = ['product', 'data-science', 'ops'] as const

const membership = fc.record({ team: fc.constantFrom(...TEAM_IDS), role: fc.constantFrom('member' as const, 'lead' as const) })
/** Two to five people, each in at least one team, at most once in each. */
const people = fc.array(fc.uniqueArray(membership, { selector: (m) => m.team, minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 5 })
  .map((sets) => sets.map((memberships: Membership[], i) => person(i + 1, `P${i + 1}`, memberships, i === 0)))
const policy = fc.constantFrom('strict' as const, 'small-team' as const)

const MOVES = [
  'settle-item', 'settle-item', 'settle-item', 'sign', 'sign', 'sign', 'reject', 'lift', 'withdraw', 'reopen', 'waive', 'approve-waiver', 'not-applicable', 'replace', 'go', 'no-go', 'hold', 'resume',
  'start', 'advance', 'observe', 'observe-zero', 'fail', 'pass', 'blind', 'stand-down', 'roll-back', 'confirm', 'end-soak', 'cancel', 'settle', 'risk', 'confirm-change',
] as const
const move = fc.record({ kind: fc.constantFrom(...MOVES), who: fc.nat(9), which: fc.nat(99), minutes: fc.nat(90) })

/** The command of a move, with arguments from the state as it is. */
function commandOf(play: Play, release: string, kind: (typeof MOVES)[number], which: number): ReleaseCommand {
  const state = play.release(release)
  const gates = play.reading(release).gates
  const open = gates.filter((g) => !isPassed(g) && g.missingNeeds.length === 0)
  const gate = (open.length > 0 ? open : gates)[which % Math.max(1, open.length)] ?? gates[0]
  const gateId = gate?.gate.id ?? 'scope'
  const lines = gate?.unsettled.length ? gate.unsettled : (gate?.items ?? [])
  const item = state.items[lines[which % Math.max(1, lines.length)]?.itemId ?? '1.1']
  const itemId = item?.id ?? '1.1'
  const standing = Object.values(state.items).filter((one) => one.metric?.mode === 'standing')
  const metric = standing[which % Math.max(1, standing.length)]?.id ?? '9.2'
  const reason = 'because'
  switch (kind) {
    case 'settle-item':
      if (item?.kind === 'evidence') return { type: 'add-evidence', itemId, evidenceId: id(7000 + play.log.length), evidence: { kind: 'link', title: 'x', url: 'https://example.org' } }
      if (item?.kind === 'value') return { type: 'record-value', itemId, value: which }
      if (item?.kind === 'metric') return verdict(itemId, which % 5 === 0 ? 'fail' : 'pass', play.now)
      return { type: 'tick', itemId, isDone: which % 9 !== 0 }
    case 'sign': return signOff(play, release, gateId)
    case 'reject': return { type: 'reject', gateId, reason }
    case 'lift': return { type: 'override-rejection', gateId, rejectionId: gate?.rejections[0]?.id ?? 'none', reason }
    case 'withdraw': return { type: 'withdraw-sign-off', gateId, signOffId: gate?.valid[0]?.id ?? 'none', reason }
    case 'reopen': return { type: 'reopen-gate', gateId: gates[which % gates.length]?.gate.id ?? gateId, reason }
    case 'waive': return { type: 'request-waiver', itemId, reason, until: new Date(play.now.getTime() + which * 3_600_000 + 60_000).toISOString() }
    case 'approve-waiver': return { type: 'approve-waiver', itemId }
    case 'not-applicable': return which % 2 ? { type: 'mark-not-applicable', itemId, reason } : { type: 'counter-sign-not-applicable', itemId }
    case 'replace': return { type: 'replace-candidate', versionId: play.versions[which % play.versions.length]?.id ?? '', reason }
    case 'go': return decision('go')
    case 'no-go': return decision('no-go')
    case 'hold': return { type: 'hold', reason, checkInId: null }
    case 'resume': return { type: 'resume', reason }
    case 'start': return { type: 'start-rollout' }
    case 'advance': return { type: 'advance' }
    case 'observe': return { type: 'observe', share: state.steps[state.rollout?.stepIndex ?? 0]?.share ?? 0, requests: which * 20 }
    case 'observe-zero': return { type: 'observe', share: 0, requests: null }
    case 'fail': return verdict(metric, 'fail', play.now)
    case 'pass': return verdict(metric, 'pass', play.now)
    case 'blind': return verdict(metric, which % 2 ? 'no-data' : 'error', play.now)
    case 'stand-down': return { type: 'stand-down', reason }
    case 'roll-back': return { type: 'roll-back', reason }
    case 'confirm': return { type: 'confirm-live', note: reason }
    case 'end-soak': return { type: 'end-soak', reason }
    case 'cancel': return { type: 'cancel', reason, as: 'cancelled' }
    case 'settle': return { type: 'settle' }
    case 'risk': return { type: 'change-risk', risk: (['low', 'medium', 'high'] as const)[which % 3] ?? 'low', reason }
    case 'confirm-change': return { type: 'confirm-change', proposalId: state.proposals[0]?.id ?? 'none' }
  }
}

const SYSTEM = new Set(['observe', 'settle', 'record-verdict'])

/** A way on that somebody has: it has ended, or is stable, or can be cancelled, rolled back, or its movement confirmed. */
function hasWayOut(play: Play, release: string, actors: readonly PersonActor[]): boolean {
  const state = play.release(release)
  if (state.end || state.stableAt) return true
  const ways: ReleaseCommand[] = [
    { type: 'cancel', reason: 'x', as: 'cancelled' }, { type: 'roll-back', reason: 'x' }, { type: 'confirm-rolled-back', note: 'x' }, { type: 'confirm-live', note: 'x' },
  ]
  const trial = (command: ReleaseCommand, actor: PersonActor) => {
    const copy = new Play({ people: play.people, versions: play.versions, separation: play.separation })
    copy.now = play.now
    copy.live = play.live
    for (const [key, value] of play.releases) copy.releases.set(key, value)
    return copy.run(release, command, actor).ok
  }
  return actors.some((actor) => ways.some((command) => trial(command, actor)))
}

describe('over random histories', () => {
  it('a rollout never starts or goes on with an unmet gate, the log gives the state back, and nobody is ever stuck', () => {
    fc.assert(fc.property(people, policy, fc.constantFrom('opened', 'approved', 'rolling'), fc.array(move, { minLength: 10, maxLength: 45 }), (crew, separation, start, moves) => {
      const isFull = TEAM_IDS.every((team) => crew.some((p) => p.memberships.some((m) => m.team === team)))
      const actors = isFull || start === 'opened' ? crew : [...crew, person(8, 'Extra', TEAM_IDS.map((team) => ({ team, role: 'lead' as const }))), person(9, 'More', TEAM_IDS.map((team) => ({ team, role: 'member' as const })))]
      const helpers = TEAM_IDS.flatMap((team, i) => [person(20 + i, `H${i}`, [{ team, role: 'lead' }]), person(30 + i, `J${i}`, [{ team, role: 'member' }])])
      const play = new Play({ people: [...actors, ...helpers], separation: { low: separation, medium: separation, high: 'strict' }, versions: [version(1, { registeredBy: id(1) }), version(2), version(3)] })
      const release = open(play, 1, actors[0] ?? helpers[0] ?? person(1, 'x', []))
      if (start !== 'opened') prepare(play, release, helpers)
      if (start === 'rolling') rollOut(play, release, helpers, 0)
      for (const { kind, who, which, minutes } of moves) {
        play.pass(minutes)
        const command = commandOf(play, release, kind, which)
        const actor = SYSTEM.has(command.type) ? (command.type === 'settle' ? CLOCK : EVALUATOR) : actors[who % actors.length]
        if (!actor) continue
        const before = play.reading(release)
        const played = play.run(release, command, actor)
        if (!played.ok) {
          expect(played.refusal.message).not.toBe('')
          continue
        }
        if (played.events.some((event) => event.type === 'rollout-started' || event.type === 'step-asked')) {
          expect(before.gates.filter((g) => g.gate.phase === 'before-decision' || g.gate.phase === 'decision').every(isPassed)).toBe(true)
          expect(before.isGoInForce && before.freeze === null && !before.isHalted && before.unmeasured.length === 0).toBe(true)
        }
        if (played.events.some((event) => event.type === 'became-stable')) {
          expect(play.reading(release).gates.filter((g) => g.gate.phase !== 'follow-up').every(isPassed)).toBe(true)
        }
      }
      expect(play.replay(release)).toEqual(play.release(release))
      expect(hasWayOut(play, release, actors)).toBe(true)
    }), { numRuns: 60, seed: 20261122 })
  }, 120_000)

  it('whoever is not warned at the opening can reach approval: the warning about sign-off rules is complete', () => {
    let reached = 0
    fc.assert(fc.property(people, policy, (crew, separation) => {
      const play = new Play({ people: crew, versions: [version(1, { registeredBy: id(99) })], separation: { low: separation, medium: separation, high: separation } })
      const release = open(play, 1, crew[0] ?? person(1, 'x', []), { risk: 'low' })
      const early = play.release(release).template.gates.filter((g) => g.phase === 'before-decision' || g.phase === 'decision')
      // The warnings that the screens show (template, settings, opening of a release).
      fc.pre(unmetRules(early, separation, play.people.map((p) => ({ id: p.personId, memberships: p.memberships }))).length === 0)
      prepare(play, release)
      expect(play.reading(release).phase).toBe('approved')
      reached += 1
    }), { numRuns: 40, seed: 7 })
    expect(reached).toBe(40)
  }, 60_000)
})
