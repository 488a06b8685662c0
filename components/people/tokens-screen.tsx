'use client'
/** The API tokens of pipelines: made here, shown once, revoked here. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAct } from '@/components/people/act'
import { TokenDialog } from '@/components/people/token-dialog'
import { Button } from '@/components/ui/button'
import { Problem } from '@/components/ui/problem'
import { Chip, EmptyState } from '@/components/ui/small'
import { PageHead, Row, Rows, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { tokensQuery } from '@/lib/client/people'
import type { TokensView, TokenView } from '@/lib/domain/token/view'

export function TokensScreen({ initial }: { initial: TokensView }) {
  const { data } = useQuery({ ...tokensQuery(), initialData: initial })
  const [isCreating, setCreating] = useState(false)
  const [sureOf, setSureOf] = useState<string | null>(null)
  const { run, failure } = useAct()
  const live = data.tokens.filter((token) => token.standing === 'live').length

  const revoke = (token: TokenView) => {
    if (sureOf !== token.id) return setSureOf(token.id)
    setSureOf(null)
    void run(`/tokens/${token.id}/commands`, { type: 'revoke' })
  }

  return (
    <>
      <PageHead title="API tokens" lead={`${live} in use. A token posts evidence and values, and asks whether a release may proceed; it never signs.`}>
        <Button look="primary" refusal={data.allowed.create} onClick={() => setCreating(true)}>Create a token</Button>
      </PageHead>
      {failure !== null && <Problem refusal={{ message: failure.message }} />}
      <Surface>
        <SurfaceHead title="Tokens" note={data.tokens.length} />
        {data.tokens.length === 0 && (
          <EmptyState title="No token yet">Pipelines use a token as “Authorization: Bearer …” with the API under /api/v1. Create one per pipeline, with only the scopes that it needs.</EmptyState>
        )}
        <Rows aria-label="API tokens">
          {data.tokens.map((token) => (
            <Row
              key={token.id}
              title={token.name}
              detail={<Detail token={token} models={data.models} />}
              aside={token.revokedAt === null && token.standing !== 'expired' && <Button size="s" look={sureOf === token.id ? 'danger' : 'plain'} refusal={token.allowed.revoke} aria-label={`Revoke ${token.name}`} onClick={() => revoke(token)}>{sureOf === token.id ? 'Yes, revoke' : 'Revoke'}</Button>}
            >
              <span className="flex flex-wrap gap-2">
                {token.standing !== 'live' && <Chip>{token.standing}</Chip>}
                {token.scopes.map((scope) => <Chip key={scope}>{scope}</Chip>)}
              </span>
            </Row>
          ))}
        </Rows>
      </Surface>
      {isCreating && <TokenDialog models={data.models} onClose={() => setCreating(false)} />}
    </>
  )
}

function Detail({ token, models }: { token: TokenView; models: TokensView['models'] }) {
  const names = token.modelIds.map((id) => models.find((model) => model.id === id)?.slug ?? 'unknown model')
  return (
    <>
      {names.length === 0 ? 'all models' : names.join(', ')} · by {token.createdBy.name} ·{' '}
      {token.standing === 'revoked' ? <>revoked{token.revokedAt !== null && <> <Time at={token.revokedAt} /></>}{token.isMakerGone && ', as its maker was archived'}</> : <>{token.standing === 'expired' ? 'expired' : 'expires'} <Time at={token.expiresAt} as="day" /></>} ·{' '}
      {token.lastUsedAt === null ? 'never used' : <>used <Time at={token.lastUsedAt} /></>}
    </>
  )
}
