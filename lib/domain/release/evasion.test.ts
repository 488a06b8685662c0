/** Ways round the rules of a release that someone might try, each of which has to be refused or to cost a new judgement. */
import { describe, expect, it } from 'vitest'
import type { Actor, TokenActor } from '@/lib/domain/actor'
import type { ReleaseCommand } from './commands'
import { staleCause } from './gate-standing'
import { EVALUATOR, id, person, Play, SIX } from './testing/play'
import { decision, open, opening, prepare, rollOut, settle, sign, signOff, verdict } from './testing/story'

const TOKEN: TokenActor = { kind: 'token', tokenId: id(900), name: 'ci', scopes: ['evidence', 'ask', 'observe', 'read'], modelIds: [] }

function refusal(play: Play, releaseId: string, command: ReleaseCommand, actor: Actor): string {
  const played = play.run(releaseId, command, actor)
  return played.ok ? 'accepted' : played.refusal.code
}

function evidenceItem(play: Play, releaseId: string, gateId: string): string {
  const line = play.gate(releaseId, gateId).items.find((one) => play.release(releaseId).items[one.itemId]?.kind === 'evidence')
  if (!line) throw new Error(`no evidence line in ${gateId}`)
  return line.itemId
}

function result(failed: number, passed: number, number: number, itemId: string): ReleaseCommand {
  return { type: 'add-evidence', itemId, evidenceId: id(7000 + number), evidence: { kind: 'result', title: 'suite', hash: null, format: 'junit', passed, failed, skipped: 0 } }
}

/** Opened, and scope, data and quality passed. */
function judged(play: Play, more: Parameters<typeof open>[3] = {}): string {
  const release = open(play, 1, SIX.pia, more)
  for (const gate of ['scope', 'data', 'quality']) {
    settle(play, release, gate, gate === 'scope' ? SIX.pia : SIX.dana)
    sign(play, release, gate, [SIX.pia, SIX.dirk, SIX.dana])
  }
  return release
}

describe('one person', () => {
  it('signs a gate once, whether for themselves or as a delegate', () => {
    const play = new Play()
    const release = judged(play)
    settle(play, release, 'reproducible', SIX.dirk)
    const omar = { ...SIX.omar, delegatedBy: [{ personId: SIX.dana.personId, memberships: SIX.dana.memberships }] }
    play.must(release, signOff(play, release, 'reproducible'), omar)
    expect(refusal(play, release, { ...signOff(play, release, 'reproducible'), onBehalfOf: SIX.dana.personId }, omar)).toBe('exists')
    expect(play.gate(release, 'reproducible').reading.teams.find((t) => t.team === 'ops')?.by).toEqual([SIX.omar.personId])
    expect(refusal(play, release, signOff(play, release, 'reproducible'), { ...SIX.dana })).toBe('accepted')
  })

  it('rejects as a delegate for the team of whom they stand for', () => {
    const play = new Play()
    const release = judged(play)
    const paul = { ...SIX.paul, delegatedBy: [{ personId: SIX.olga.personId, memberships: SIX.olga.memberships }] }
    play.must(release, { type: 'reject', gateId: 'reproducible', reason: 'no digest' }, paul)
    expect(play.gate(release, 'reproducible').rejections[0]?.team).toBe('ops')
  })

  it('is an author by values as by evidence', () => {
    const play = new Play({ separation: { low: 'strict', medium: 'strict', high: 'strict' } })
    const release = open(play, 1, SIX.pia)
    settle(play, release, 'scope', SIX.pia)
    sign(play, release, 'scope', [SIX.paul])
    const value = play.gate(release, 'data').items.find((line) => play.release(release).items[line.itemId]?.kind === 'value')
    if (!value) throw new Error('no value line in data')
    settle(play, release, 'data', SIX.dana)
    play.must(release, { type: 'record-value', itemId: value.itemId, value: play.release(release).items[value.itemId]?.ask?.target ?? 1 }, SIX.dirk)
    play.must(release, signOff(play, release, 'data'), SIX.dirk)
    expect(play.release(release).gates['data']?.signOffs.at(-1)?.isAuthor).toBe(true)
  })

  it('who broke the glass does not close its review', () => {
    const play = new Play()
    const admin = person(9, 'Ada', [{ team: 'product', role: 'member' }], true)
    const release = open(play, 1, SIX.pia)
    settle(play, release, 'scope', SIX.pia)
    const { seen } = play.gate(release, 'scope')
    play.must(release, { type: 'break-glass', gateId: 'scope', team: 'product', reason: 'nobody is there', seen: { parts: { ...seen.parts }, items: { ...seen.items } } }, admin)
    const action = play.release(release).actions.find((a) => a.source === 'break-glass')
    const close: ReleaseCommand = { type: 'complete-action', actionId: action?.id ?? '', note: 'fine' }
    expect(refusal(play, release, close, admin)).toBe('forbidden')
    expect(refusal(play, release, close, SIX.paul)).toBe('accepted')
  })
})

describe('a token', () => {
  it('supplies evidence and values, and makes no judgement of people', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    const itemId = evidenceItem(play, release, 'scope')
    play.must(release, { type: 'add-evidence', itemId, evidenceId: id(5100), evidence: { kind: 'link', title: 'Report', url: 'https://example.org' } }, SIX.pia)
    play.must(release, { type: 'add-action', actionId: id(5101), title: 'Tell them', ownerId: null, team: null, dueAt: null, checkInId: null }, SIX.pia)
    const commands: ReleaseCommand[] = [
      { type: 'remove-evidence', itemId, evidenceId: id(5100), reason: 'wrong' }, { type: 'complete-action', actionId: id(5101), note: '' }, { type: 'set-due', gateId: 'scope', dueAt: null },
      { type: 'confirm-live', note: 'I saw it' }, { type: 'assign-item', itemId, personId: null }, { type: 'tick', itemId: '1.1', isDone: true },
    ]
    for (const command of commands) expect([command.type, refusal(play, release, command, TOKEN)]).toEqual([command.type, 'forbidden'])
    expect(refusal(play, release, { type: 'add-evidence', itemId, evidenceId: id(5102), evidence: { kind: 'link', title: 'CI', url: 'https://example.org' } }, TOKEN)).toBe('accepted')
  })
})

describe('evidence', () => {
  it('with failures is not out-voted by a link, only by a newer result', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    const itemId = evidenceItem(play, release, 'scope')
    const status = () => play.gate(release, 'scope').items.find((line) => line.itemId === itemId)?.status
    play.must(release, result(3, 40, 1, itemId), TOKEN)
    play.must(release, { type: 'add-evidence', itemId, evidenceId: id(7900), evidence: { kind: 'link', title: 'all well', url: 'https://example.org' } }, SIX.dana)
    expect(status()).toBe('failed')
    play.must(release, result(0, 0, 2, itemId), TOKEN)
    expect(status()).not.toBe('met')
    play.must(release, result(0, 43, 3, itemId), TOKEN)
    expect(status()).toBe('met')
  })
})

describe('the go', () => {
  it('is refused without what the decider saw, and when that is not what is there', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    prepare(play, release)
    play.must(release, { ...decision('no-go') }, SIX.pia)
    const { seen } = play.gate(release, 'decision')
    expect(refusal(play, release, { ...decision('go'), seen: null }, SIX.pia)).toBe('stale')
    expect(refusal(play, release, { ...decision('go'), seen: { parts: { ...seen.parts, data: 'other' }, items: {} } }, SIX.pia)).toBe('stale')
    expect(refusal(play, release, { ...decision('go'), seen: { parts: { ...seen.parts }, items: { ...seen.items } } }, SIX.pia)).toBe('accepted')
  })

  it('is not superseded by a choice, nor a roll-back by anything', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    prepare(play, release)
    const go = play.release(release).decisions.find((d) => d.kind === 'go')
    const options = [{ title: 'a', pros: '', cons: '', isChosen: true }, { title: 'b', pros: '', cons: '', isChosen: false }]
    expect(refusal(play, release, { ...decision('go'), kind: 'choice', options, supersedes: go?.number ?? 0 }, SIX.dirk)).toBe('invalid')
    expect(play.reading(release).isGoInForce).toBe(true)
  })

  it('stands on its sign-offs again only after they were re-affirmed, when a gate that it needs was reopened', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    prepare(play, release)
    play.pass(1)
    play.must(release, { type: 'reopen-gate', gateId: 'quality', reason: 'wrong test set' }, SIX.dana)
    play.pass(1)
    settle(play, release, 'quality', SIX.dana)
    sign(play, release, 'quality', play.people)
    expect(play.gate(release, 'quality').status).toMatch(/^passed/)
    // Environment needs only the scope, so it is untouched; reproducible needs data, not quality.
    expect(play.gate(release, 'environment').status).toMatch(/^passed/)
    expect(play.gate(release, 'reproducible').status).toMatch(/^passed/)
    expect(play.gate(release, 'decision').status).toBe('stale')
    expect(staleCause(play.gate(release, 'decision').stale, () => 'parts')).toBe('a gate before it was reopened')
    expect(play.run(release, { type: 'start-rollout' }, SIX.omar)).toMatchObject({ ok: false, refusal: { code: 'blocked' } })
    sign(play, release, 'decision', play.people)
    expect(refusal(play, release, { type: 'start-rollout' }, SIX.omar)).toBe('accepted')
  })
})

describe('what is measured', () => {
  it('is measured anew with a reason when the labels of the series change', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    prepare(play, release)
    const change = (reason: string, shareQuery: string | null = null): ReleaseCommand => ({ type: 'change', change: { part: 'selectors', value: { candidate: { version: 'stable' }, stable: {}, shareQuery } }, reason })
    expect(refusal(play, release, change(''), SIX.dirk)).toBe('invalid')
    expect(refusal(play, release, change('renamed', 'vector(1)'), SIX.dirk)).toBe('forbidden')
    play.must(release, change('renamed'), SIX.dirk)
    expect(play.gate(release, 'environment').status).not.toMatch(/^passed/)
    expect(play.gate(release, 'scope').status).toBe('passed')
    expect(Object.values(play.release(release).items).every((item) => item.metric === null || item.verdict === null)).toBe(true)
    expect(play.replay(release)).toEqual(play.release(release))
  })

  it('is own PromQL in the share query too, so that only leads open a release with one', () => {
    const play = new Play()
    const own = opening(play, 1, { selectors: { candidate: {}, stable: {}, shareQuery: 'vector(1)' } })
    expect(refusal(play, id(400), own, SIX.paul)).toBe('forbidden')
    expect(refusal(play, id(400), own, SIX.pia)).toBe('accepted')
  })

  it('does not make a step of one percent live at nothing, nor end a stand-down while it is still served', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia, { steps: [{ share: 1, soakMinutes: 1, minimumRequests: 0 }, { share: 100, soakMinutes: 1, minimumRequests: 0 }] })
    prepare(play, release)
    play.must(release, { type: 'start-rollout' }, SIX.omar)
    play.must(release, { type: 'observe', share: 0, requests: null }, EVALUATOR)
    expect(play.release(release).rollout?.stepLiveAt).toBeNull()
    play.must(release, { type: 'observe', share: 0.95, requests: null }, EVALUATOR)
    expect(play.release(release).rollout?.stepLiveAt).not.toBeNull()
    play.must(release, { type: 'stand-down', reason: 'hot-fix' }, SIX.omar)
    play.must(release, { type: 'observe', share: 1, requests: null }, EVALUATOR)
    expect(play.release(release).rollout).not.toBeNull()
    play.must(release, { type: 'observe', share: 0, requests: null }, EVALUATOR)
    expect(play.release(release).rollout).toBeNull()
  })
})

describe('a waiver', () => {
  it('does not end a soak', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    prepare(play, release)
    for (const itemId of ['9.1', '10.2']) expect(refusal(play, release, { type: 'request-waiver', itemId, reason: 'no time', until: '2027-01-01T00:00:00.000Z' }, SIX.omar)).toBe('blocked')
  })

  it('that is granted after a sign-off asks for a new one', () => {
    const play = new Play()
    const release = open(play, 1, SIX.pia)
    prepare(play, release)
    rollOut(play, release, play.people, 1)
    expect(play.gate(release, 'canary').status).toBe('passed')
    play.must(release, verdict('9.2', 'fail', play.now), EVALUATOR)
    play.must(release, { type: 'request-waiver', itemId: '9.2', reason: 'known', until: '2027-01-01T00:00:00.000Z' }, SIX.omar)
    play.must(release, { type: 'approve-waiver', itemId: '9.2' }, SIX.pia)
    expect(play.gate(release, 'canary').status).toBe('stale')
  })
})
