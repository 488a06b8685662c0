import { describe, expect, it } from 'vitest'
import type { Actor, PersonActor, TokenScope } from '@/lib/domain/actor'
import { may, type About } from '@/lib/domain/policy'
import type { Grant } from '@/lib/domain/policy-table'
import { POLICY, type ActionName } from '@/lib/domain/policy-table'

function person(extra: Partial<PersonActor>): PersonActor {
  return { kind: 'person', personId: 'me', name: 'Me', memberships: [], isAdmin: false, delegatedBy: [], ...extra }
}

function token(...scopes: TokenScope[]): Actor {
  return { kind: 'token', tokenId: 't', name: 'pipeline', scopes, modelIds: [] }
}

// The action concerns product; the person concerned and the one named for it is somebody else, unless the role says so.
const ABOUT: About = { teams: ['product'], personId: 'they', named: ['they'] }

/** Each role with the grants that it holds for an action about product. */
const ROLES: Record<string, { actor: Actor; about?: About; holds: readonly Grant[] }> = {
  viewer: { actor: person({}), holds: ['viewer'] },
  'member of product': { actor: person({ memberships: [{ team: 'product', role: 'member' }] }), holds: ['viewer', 'member', 'team-member'] },
  'lead of product': { actor: person({ memberships: [{ team: 'product', role: 'lead' }] }), holds: ['viewer', 'member', 'lead', 'team-member', 'team-lead'] },
  'member of data science': { actor: person({ memberships: [{ team: 'data-science', role: 'member' }] }), holds: ['viewer', 'member', 'other-member'] },
  'lead of data science': { actor: person({ memberships: [{ team: 'data-science', role: 'lead' }] }), holds: ['viewer', 'member', 'lead', 'other-member', 'other-lead'] },
  'member of ops': { actor: person({ memberships: [{ team: 'ops', role: 'member' }] }), holds: ['viewer', 'member', 'other-member', 'ops'] },
  'delegate of product': { actor: person({ delegatedBy: [{ personId: 'they', memberships: [{ team: 'product', role: 'lead' }] }] }), holds: ['viewer', 'team-delegate'] },
  admin: { actor: person({ isAdmin: true }), holds: ['viewer', 'admin'] },
  'the person concerned': { actor: person({}), about: { ...ABOUT, personId: 'me' }, holds: ['viewer', 'self'] },
  'the person named': { actor: person({}), about: { ...ABOUT, named: ['me'] }, holds: ['viewer', 'named'] },
  'token for evidence': { actor: token('evidence'), holds: ['scope:evidence'] },
  'token for all': { actor: token('evidence', 'ask', 'observe', 'read'), holds: ['scope:evidence', 'scope:ask', 'scope:observe', 'scope:read'] },
  'the product': { actor: { kind: 'system', name: 'clock' }, holds: ['system'] },
}

function isAction(name: string): name is ActionName {
  return name in POLICY
}
const ACTIONS = Object.keys(POLICY).filter(isAction)

describe.each(Object.entries(ROLES))('%s', (_role, { actor, about = ABOUT, holds }) => {
  it.each(ACTIONS)('%s', (action) => {
    const grants: readonly Grant[] = POLICY[action].by
    const answer = may(actor, action, about)
    if (grants.some((grant) => holds.includes(grant))) expect(answer).toBe(true)
    else expect(answer).toMatchObject({ code: 'forbidden', message: expect.stringMatching(/^Only .+\.( .+\.)?$/) })
  })
})

describe('the table', () => {
  it('never lets a token or an admin alone sign, decide, roll out or waive (rules 19 and 20)', () => {
    const judgements: ActionName[] = ['release.sign-off', 'release.reject', 'release.go', 'release.approve-waiver', 'release.override-rejection', 'release.start-rollout', 'release.advance', 'release.end-soak']
    for (const action of judgements) {
      expect(may(token('evidence', 'ask', 'observe', 'read'), action, ABOUT)).not.toBe(true)
      expect(may(person({ isAdmin: true }), action, ABOUT)).not.toBe(true)
    }
  })

  it('lets nobody through by a missing context', () => {
    expect(may(person({}), 'person.rename')).not.toBe(true)
    expect(may(person({ memberships: [{ team: 'ops', role: 'lead' }] }), 'release.sign-off')).not.toBe(true)
  })

  it('says who may, and what one is', () => {
    const message = (actor: Actor, action: ActionName, about: About = ABOUT) => {
      const answer = may(actor, action, about)
      return answer === true ? '' : answer.message
    }
    expect(message(person({}), 'release.sign-off')).toBe('Only a member of Product may sign off this gate. You are a viewer; an admin can add you to a team.')
    expect(message(person({ isAdmin: true }), 'release.sign-off')).toBe('Only a member of Product may sign off this gate. You are an admin.')
    expect(message(token('ask'), 'release.sign-off')).toBe('Only a member of Product may sign off this gate. A token never may; a person must.')
    expect(message(token('ask'), 'release.set-value')).toContain('This token has ask.')
    expect(message(person({ memberships: [{ team: 'ops', role: 'lead' }] }), 'installation.change-team', { teams: ['legal'], teamNames: { legal: 'Legal & risk' } })).toContain('a lead of Legal & risk')
  })

  it('keeps a token within its models', () => {
    const narrow: Actor = { kind: 'token', tokenId: 't', name: 'p', scopes: ['evidence'], modelIds: ['m1'] }
    expect(may(narrow, 'release.set-value', { ...ABOUT, modelId: 'm1' })).toBe(true)
    expect(may(narrow, 'release.set-value', { ...ABOUT, modelId: 'm2' })).toMatchObject({ code: 'forbidden' })
    expect(may(narrow, 'release.set-value', ABOUT)).toMatchObject({ code: 'forbidden' })
  })
})
