/** Reads API tokens for the settings. */
import 'server-only'
import { tokenUses } from '@/db/access'
import { loadAggregates } from '@/db/aggregate'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import { decideToken } from '@/lib/domain/token/decide'
import { isTokenLive, type TokenState } from '@/lib/domain/token/state'
import type { TokensView, TokenView } from '@/lib/domain/token/view'
import { loadPeople, whyNot } from '@/lib/server/view/people'

/** The tokens, live ones first and the latest first among them; null for readers who may not see them. */
export async function viewTokens(store: Store, actor: Actor): Promise<TokensView | null> {
  if (whyNot(actor, 'token.read') !== null) return null
  const now = new Date()
  const tokens = await loadAggregates(store, 'token', 'all')
  const people = await loadPeople(store)
  const uses = await tokenUses(store)
  const models = await loadAggregates(store, 'model', 'all')
  const isMakerGone = (token: TokenState) => token.revokedBecause === 'maker-archived' || (isTokenLive(token, now) && (people.get(token.createdBy)?.state.archivedAt ?? null) !== null)
  const views = [...tokens].map(([id, { state, version }]): TokenView => {
    const wouldRevoke = decideToken({ id, token: state, namesInUse: [], unknownModels: [] }, { type: 'revoke' }, actor, now)
    return {
      id, version,
      name: state.name,
      scopes: state.scopes,
      modelIds: state.modelIds,
      createdBy: { id: state.createdBy, name: people.get(state.createdBy)?.name ?? '[unknown]' },
      createdAt: state.createdAt,
      expiresAt: state.expiresAt,
      revokedAt: state.revokedAt,
      lastUsedAt: uses.get(id)?.toISOString() ?? null,
      isMakerGone: isMakerGone(state),
      standing: isMakerGone(state) ? 'revoked' : standingOf(state, now),
      allowed: { revoke: wouldRevoke.ok ? null : wouldRevoke.refusal.message },
    }
  })
  return {
    tokens: views.sort((a, b) => Number(a.standing !== 'live') - Number(b.standing !== 'live') || (a.createdAt < b.createdAt ? 1 : -1)),
    models: [...models].map(([id, { state }]) => ({ id, slug: state.slug })).sort((a, b) => (a.slug < b.slug ? -1 : 1)),
    allowed: { create: whyNot(actor, 'token.create') },
  }
}

function standingOf(token: TokenState, now: Date): TokenView['standing'] {
  if (token.revokedAt !== null) return 'revoked'
  return isTokenLive(token, now) ? 'live' : 'expired'
}
