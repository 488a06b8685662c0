/** What releases say for the score, played by commands: who did it, how long it counts, and what a roll-back takes back. */
import { describe, expect, it } from 'vitest'
import type { TokenActor } from '@/lib/domain/actor'
import { EVALUATOR, id, Play, SIX } from '@/lib/domain/release/testing/play'
import { choose, decision, makeStable, open, prepare, rollOut, settle, verdict } from '@/lib/domain/release/testing/story'
import { ML_RELEASE } from '@/lib/domain/template/shipped'
import { AUTOMATIC_DAYS, feedsOf, MANUAL_DAYS } from './feeds'
import { drain } from '@/lib/domain/flow/steps'
import type { DomainEvent } from '@/lib/domain/aggregate'
import type { LiveEvent } from '@/lib/domain/live/events'
import type { ReleaseEvent } from '@/lib/domain/release/events'
import { momentsOf, scoresAt } from './history'
import { scoreAt } from './score'

/** A log holds the events of its kind and no others; methods, so that the narrower lists fit. */
interface Own {
  release(events: readonly DomainEvent[]): readonly ReleaseEvent[]
  live(events: readonly DomainEvent[]): readonly LiveEvent[]
}
const own: Own = { release: (events: readonly ReleaseEvent[]) => events, live: (events: readonly LiveEvent[]) => events }

const CI: TokenActor = { kind: 'token', tokenId: id(900), name: 'ci', scopes: ['evidence'], modelIds: [] }
const isPerson = (who: string) => Object.values(SIX).some((one) => one.personId === who)
const feeds = (play: Play) => feedsOf([...play.releases.values()], play.live ? [play.live] : [], isPerson, play.now)
const test = (play: Play, code: string) => scoreAt(feeds(play), play.now).sections.flatMap((section) => section.tests).find((one) => one.code === code)
const days = (from: string | null, to: string | null) => (Date.parse(to ?? '') - Date.parse(from ?? '')) / 86_400_000

describe('a line of the checklist', () => {
  it('gives half a point to who pastes a link, one to the pipeline that posts its result, none while it fails', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    const at = (code: string) => feeds(play).find((feed) => feed.code === code)
    const itemId = at('D1')?.itemId ?? ''
    expect(test(play, 'D1')).toMatchObject({ points: 0, why: 'open' })
    play.must(release, { type: 'add-evidence', itemId, evidenceId: id(1), evidence: { kind: 'link', title: 'Report', url: 'https://example.org' } }, SIX.dana)
    expect(test(play, 'D1')).toMatchObject({ points: 0.5, why: 'by-hand' })
    expect(days(at('D1')?.at ?? null, at('D1')?.expiresAt ?? null)).toBe(MANUAL_DAYS)
    const post = (number: number, failed: number) => play.pass(1).must(release, { type: 'add-evidence', itemId, evidenceId: id(number), evidence: { kind: 'result', title: 'suite', hash: null, format: 'junit', passed: 9, failed, skipped: 0 } }, CI)
    post(2, 0)
    expect(test(play, 'D1')).toMatchObject({ points: 1, why: 'automatic' })
    expect(days(at('D1')?.at ?? null, at('D1')?.expiresAt ?? null)).toBe(AUTOMATIC_DAYS)
    post(3, 1)
    expect(test(play, 'D1')).toMatchObject({ points: 0, why: 'failed' })
  })

  it('that a decision answers is as old as the newest one', () => {
    const gates = ML_RELEASE.gates.map((gate) => ({ ...gate, items: gate.items.map((line) => (line.kind === 'computed' && line.computed === 'environment-choice' ? { ...line, rubric: ['I1' as const] } : line)) }))
    const play = new Play({ template: { ...ML_RELEASE, gates } })
    const release = open(play, 1, SIX.pia)
    const feed = () => feeds(play).find((one) => one.code === 'I1' && one.kind === 'computed')
    choose(play, release, feed()?.itemId ?? '', SIX.olga)
    expect(feed()?.at).toBe(play.now.toISOString())
    const { number } = play.release(release).decisions[0] ?? expect.fail('nothing is decided')
    const options = [{ title: 'US', pros: '', cons: '', isChosen: true }, { title: 'EU', pros: '', cons: '', isChosen: false }]
    play.pass(1440).must(release, { ...decision('go'), kind: 'choice', options, itemId: feed()?.itemId ?? '', supersedes: number }, SIX.olga)
    expect(feed()?.at).toBe(play.now.toISOString())
  })

  it('that the risk of the release does not ask, or that is waived, counts nothing', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia, { risk: 'low' })
    expect(feeds(play).filter((feed) => feed.code === 'M7').map((feed) => feed.standing)).toEqual(['left'])
    const itemId = feeds(play).find((feed) => feed.code === 'D1')?.itemId ?? ''
    play.must(release, { type: 'request-waiver', itemId, reason: 'later', until: new Date(play.now.getTime() + 86_400_000).toISOString() }, SIX.dana)
    play.must(release, { type: 'approve-waiver', itemId }, SIX.olga)
    expect(test(play, 'D1')).toMatchObject({ points: 0, why: 'left' })
  })
})

describe('a release', () => {
  it('that is live and watched keeps its standing answers, and loses one that turns', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    prepare(play, release)
    rollOut(play, release)
    makeStable(play, release)
    expect(play.release(release).stableAt).not.toBeNull()
    expect(momentsOf(play.live ? [play.live] : [])).toHaveLength(1)
    const standing = feeds(play).find((feed) => feed.code === 'O5')
    expect(standing).toMatchObject({ standing: 'met', isAutomatic: true, expiresAt: null })
    const before = scoreAt(feeds(play), play.now)
    expect(before.score).toBeGreaterThan(1)
    play.pass((AUTOMATIC_DAYS + 1) * 1440)
    expect(test(play, 'O5')).toMatchObject({ points: 1 })
    expect(test(play, 'O2')?.why).toBe('expired')
    expect(scoreAt(feeds(play), play.now).score).toBeLessThanOrEqual(before.score)
  })

  it('is told back as it was known: what was answered anew, withdrawn, expired or rolled back since changes no earlier score', () => {
    const play = new Play()
    const first = open(play, 1, SIX.pia)
    const itemOf = (release: string, code: string) => feeds(play).find((feed) => feed.releaseId === release && feed.code === code)?.itemId ?? ''
    const post = (release: string, number: number) => play.must(release, { type: 'add-evidence', itemId: itemOf(release, 'D1'), evidenceId: id(number), evidence: { kind: 'result', title: 'suite', hash: null, format: 'junit', passed: 9, failed: 0, skipped: 0 } }, CI)
    post(first, 1)
    prepare(play, first)
    rollOut(play, first)
    makeStable(play, first)
    const moment = () => momentsOf(play.live ? [play.live] : []).map((one) => one.at)
    const logs = (kind: string) => [...new Set(play.log.filter((entry) => entry.kind === kind).map((entry) => entry.id))].map((target) => play.log.filter((entry) => entry.kind === kind && entry.id === target).map((entry) => entry.event))
    const back = (at: readonly string[]) => drain(scoresAt({ releases: logs('release').map((events) => own.release(events)), lives: logs('live').map((events) => own.live(events)) }, at, isPerson))
    const told = (at: readonly string[]) => back(at).map((score) => score.sections.map((section) => section.tests.map((one) => `${one.code} ${one.points} ${one.why}`)))
    const [then = ''] = moment()
    const known = scoreAt(feeds(play), play.now)
    expect(told([then])[0]).toEqual(known.sections.map((section) => section.tests.map((one) => `${one.code} ${one.points} ${one.why}`)))
    expect(told([then])[0]?.flat()).toContain('D1 1 automatic')

    play.pass((AUTOMATIC_DAYS + 1) * 1440)
    play.must(first, { type: 'remove-evidence', itemId: itemOf(first, 'D1'), evidenceId: id(1), reason: 'It was another run.' }, SIX.dana)
    post(first, 2)
    play.must(first, { type: 'remove-evidence', itemId: itemOf(first, 'D1'), evidenceId: id(2), reason: 'That too.' }, SIX.dana)
    expect(test(play, 'D1')?.points).not.toBe(1)
    const lapsed = new Date(Date.parse(then) + (AUTOMATIC_DAYS + 0.5) * 86_400_000).toISOString()
    expect(told([then, lapsed]).map((sections) => sections.flat().find((one) => one.startsWith('D1')))).toEqual(['D1 1 automatic', 'D1 0 expired'])

    play.must(first, { type: 'roll-back', reason: 'It drifts.' }, SIX.omar)
    expect(moment()).toEqual([then])
    expect(back(moment()).map((score) => score.score)).toEqual([known.score])
  })

  it('that was cancelled says nothing', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    settle(play, release, 'scope', SIX.pia)
    settle(play, release, 'data', SIX.dana)
    play.must(release, verdict('2.8', 'pass', play.now), EVALUATOR)
    expect(scoreAt(feeds(play), play.now).sections[0]?.points).toBeGreaterThan(2)
    play.must(release, { type: 'cancel', reason: 'no', as: 'cancelled' }, SIX.pia)
    expect(feeds(play)).toEqual([])
  })
})
