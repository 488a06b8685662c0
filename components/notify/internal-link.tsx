'use client'
/** Makes, replaces and revokes the secret link of the internal page; it is shown once. */
import { useState } from 'react'
import { useCall } from '@/components/notify/use-call'
import { Button } from '@/components/ui/button'
import { Problem } from '@/components/ui/problem'
import { SecretDialog } from '@/components/ui/secret-dialog'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { post, send } from '@/lib/client/api'

export function InternalLink({ since, refusal: denied }: { since: string | null; refusal: string | null }) {
  const { run, isBusy, refusal } = useCall('installation')
  const [url, setUrl] = useState<string | null>(null)
  const make = () => run(async () => setUrl((await post<{ url: string }>('/status-page/link', {})).url))
  const revoke = () => run(() => send('installation', 'installation', { type: 'revoke-status-link' }, crypto.randomUUID()))
  return (
    <Surface aria-label="Secret link">
      <SurfaceHead title="Secret link" />
      <div className="flex flex-col items-start gap-3 p-4">
        <p className="text-ink-2">
          {since === null ? 'There is no internal page: nobody has a link to it.' : <>Whoever has the link sees the internal page without signing in. It holds since <Time at={since} />.</>}
          {' '}The link cannot be shown again; a new one ends the one before.
        </p>
        <div className="flex flex-wrap gap-2">
          <Button isBusy={isBusy} refusal={denied} onClick={() => void make()}>{since === null ? 'Make a link' : 'Replace the link'}</Button>
          {since !== null && <Button look="danger" isBusy={isBusy} refusal={denied} onClick={() => void revoke()}>Revoke the link</Button>}
        </div>
        {refusal !== null && <Problem refusal={refusal} />}
      </div>
      {url !== null && <SecretDialog title="The secret link" description="Give it to whom the internal page is for. It is shown only now." label="Secret link" hint="Only its hash is kept." secret={url} onClose={() => setUrl(null)} />}
    </Surface>
  )
}
