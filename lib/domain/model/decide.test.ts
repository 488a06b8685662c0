import { describe, expect, it } from 'vitest'
import type { Actor, Membership } from '@/lib/domain/actor'
import type { Outcome } from '@/lib/domain/aggregate'
import { applyModel } from './apply'
import { modelCommand } from './commands'
import { decideModel, type ModelContext } from './decide'
import type { ModelEvent } from './events'
import type { ModelState } from './state'
import { behaviourWords } from './version'

const ID = '01980000-0000-7000-8000-0000000000aa'
const VERSION = '01980000-0000-7000-8000-0000000000b1'
const DOCUMENT = '01980000-0000-7000-8000-0000000000c1'
const SHA = 'a'.repeat(40)
const NOTHING = { prompt: null, tools: null, index: null, guardRails: null, providerVersion: null, retiresOn: null }

function person(personId: string, ...memberships: Membership[]): Actor {
  return { kind: 'person', personId, name: personId, memberships, isAdmin: false, delegatedBy: [] }
}
const mara = person('mara', { team: 'data-science', role: 'member' })
const viewer = person('vi')

function given(actor: Actor, more: Partial<ModelContext> = {}): ModelContext {
  return { actor, now: '2026-11-22T10:00:00.000Z', id: ID, others: [], teams: ['product', 'data-science', 'ops'], openReleases: [], ...more }
}
/** Parses as the edge would, decides, and folds what was accepted. */
function run(state: ModelState | null, words: unknown, actor: Actor = mara, more: Partial<ModelContext> = {}): { outcome: Outcome; state: ModelState | null } {
  const outcome = decideModel(state, modelCommand.parse(words), given(actor, more))
  if (!outcome.ok) return { outcome, state }
  const isMine = (event: { type: string }): event is ModelEvent => event.type.length > 0
  let next = state
  for (const event of outcome.changes.flatMap((change) => change.events)) if (isMine(event)) next = applyModel(next, event)
  return { outcome, state: next }
}
const register = { type: 'register-model', slug: 'fraud', name: 'Fraud score', purpose: 'Stops card fraud', ownerTeam: 'data-science', codePrefix: 'FRAUD' }
const registered = () => run(null, register).state
const addVersion = (artefact: string, digest: string | null = null, more: object = {}) => ({ type: 'add-version', versionId: VERSION, label: '7', artefact, digest, codeCommit: SHA, data: null, behaviour: NOTHING, ...more })
const refusal = (outcome: Outcome) => (outcome.ok ? 'accepted' : `${outcome.refusal.code}: ${outcome.refusal.message}`)

describe('models', () => {
  it('are registered once, with a slug and a code of their own', () => {
    expect(registered()).toMatchObject({ slug: 'fraud', codePrefix: 'FRAUD', purpose: { text: 'Stops card fraud' }, versions: [] })
    expect(refusal(run(registered(), register).outcome)).toContain('exists')
    expect(refusal(run(null, register, mara, { others: [{ slug: 'fraud', codePrefix: 'X1' }] }).outcome)).toContain('slug “fraud” is taken')
    expect(refusal(run(null, register, mara, { others: [{ slug: 'x', codePrefix: 'FRAUD' }] }).outcome)).toContain('FRAUD belongs to x')
    expect(refusal(run(null, { ...register, ownerTeam: 'legal' }).outcome)).toContain('no team “legal”')
    expect(refusal(run(null, register, viewer).outcome)).toContain('forbidden')
  })
  it.each(['Fraud', 'fraud--x', '', '../x', 'a'.repeat(41), 'fraud score', '<b>'])('do not take the slug %j', (slug) => {
    expect(modelCommand.safeParse({ ...register, slug }).success).toBe(false)
  })
  it('are archived only without open releases', () => {
    const lead = person('lea', { team: 'data-science', role: 'lead' })
    expect(refusal(run(registered(), { type: 'archive-model' }, lead, { openReleases: ['FRAUD-12'] }).outcome)).toContain('FRAUD-12 is still open')
    const archived = run(registered(), { type: 'archive-model' }, lead).state
    expect(refusal(run(archived, addVersion('models:/fraud/7')).outcome)).toContain('archived')
    expect(run(archived, { type: 'restore-model' }, lead).state?.archivedAt).toBeNull()
  })
})

describe('versions', () => {
  it('keep what was pasted, what it is, and what pins it', () => {
    const state = run(registered(), addVersion('models:/fraud/7', null, { data: 'data/train.dvc md5:' + 'b'.repeat(32), behaviour: { ...NOTHING, prompt: 'prompts@3f2a' } })).state
    const [version] = state?.versions ?? []
    expect(version).toMatchObject({ label: '7', artefact: { kind: 'mlflow', pinned: true, digest: '7' }, registeredBy: 'mara' })
    expect(version).toMatchObject({ codeCommit: SHA, data: { raw: `data/train.dvc md5:${'b'.repeat(32)}` }, behaviour: { prompt: 'prompts@3f2a' } })
  })
  it('never change: neither the id nor the label can be used again', () => {
    const state = run(registered(), addVersion('models:/fraud/7')).state
    expect(refusal(run(state, addVersion('models:/fraud/8')).outcome)).toContain('never change')
    expect(refusal(run(state, { ...addVersion('models:/fraud/8'), versionId: DOCUMENT }).outcome)).toContain('never change')
  })
  it('with a reference that can move need a digest beside it', () => {
    expect(refusal(run(registered(), addVersion('models:/fraud@champion')).outcome)).toContain('nobody can tell what was signed')
    expect(refusal(run(registered(), addVersion('models:/fraud@champion', 'latest')).outcome)).toContain('no digest')
    const state = run(registered(), addVersion('ghcr.io/acme/fraud:1', `sha256:${'c'.repeat(64)}`)).state
    expect(state?.versions[0]?.artefact).toMatchObject({ pinned: false, digest: `sha256:${'c'.repeat(64)}` })
    expect(refusal(run(registered(), addVersion(`ghcr.io/acme/fraud@sha256:${'d'.repeat(64)}`, `sha256:${'c'.repeat(64)}`)).outcome)).toContain('not the one inside it')
  })
  it.each(['javascript:alert(1)', 'https://u:p@x.example/m', 'models:/fraud/7\u202e', ''])('refuse %j', (artefact) => {
    expect(refusal(run(registered(), addVersion(artefact)).outcome)).toContain('invalid')
  })
  it('are withdrawn with a reason by who registered them or the owner team', () => {
    const state = run(registered(), addVersion('models:/fraud/7')).state
    const withdraw = { type: 'withdraw-version', versionId: VERSION, reason: 'trained on the wrong snapshot' }
    expect(run(state, withdraw).state?.versions[0]?.withdrawn).toMatchObject({ by: 'mara' })
    expect(refusal(run(state, withdraw, person('ola', { team: 'ops', role: 'member' })).outcome)).toContain('forbidden')
  })
  it('can be registered by a pipeline that may give evidence', () => {
    const token: Actor = { kind: 'token', tokenId: 'ci', name: 'ci', scopes: ['evidence'], modelIds: [] }
    expect(run(registered(), addVersion('models:/fraud/7'), token).outcome.ok).toBe(true)
    expect(run(registered(), addVersion('models:/fraud/7'), { ...token, scopes: ['ask'] }).outcome.ok).toBe(false)
    expect(run(registered(), addVersion('models:/fraud/7'), { ...token, modelIds: ['other'] }).outcome.ok).toBe(false)
  })
  it('say behaviour in one line', () => {
    expect(behaviourWords({ ...NOTHING, tools: 'v4', retiresOn: '2027-01-31' })).toBe('tools v4 · retires 2027-01-31')
    expect(behaviourWords(NOTHING)).toBe('')
  })
})

describe('documents', () => {
  const attach = { type: 'attach-document', documentId: DOCUMENT, title: 'Model card', url: 'https://docs.google.com/document/d/1', kind: 'model-card', ownerTeam: 'data-science', pinnedRevision: null }
  it('are attached with their service, reviewed per team, and lose reviews when the pinned revision changes', () => {
    let state = run(registered(), attach).state
    expect(state?.documents[0]).toMatchObject({ provider: 'google-docs', pinnedRevision: null })
    state = run(state, { type: 'review-document', documentId: DOCUMENT, team: 'data-science' }).state
    expect(state?.documents[0]?.reviewedBy).toHaveLength(1)
    expect(refusal(run(state, { type: 'review-document', documentId: DOCUMENT, team: 'ops' }).outcome)).toContain('forbidden')
    state = run(state, { type: 'pin-document', documentId: DOCUMENT, pinnedRevision: 'r4' }).state
    expect(state?.documents[0]).toMatchObject({ pinnedRevision: 'r4', reviewedBy: [] })
    expect(run(state, { type: 'remove-document', documentId: DOCUMENT }).state?.documents).toEqual([])
  })
  it.each(['javascript:alert(1)', 'https://u:p@x.example', 'notes'])('do not take the address %j', (url) => {
    expect(modelCommand.safeParse({ ...attach, url }).success).toBe(false)
  })
})
