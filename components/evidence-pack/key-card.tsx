'use client'
/** The key that signs: its fingerprint to read aloud, to copy and to save, and how it is replaced. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useCall } from '@/components/notify/use-call'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Problem } from '@/components/ui/problem'
import { EmptyState } from '@/components/ui/small'
import { Facts, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { recordQuery, replaceKey, saveAs } from '@/lib/client/record'
import { groupedFingerprint } from '@/lib/domain/evidence-pack/statement'
import type { KeyView, RecordView } from '@/lib/domain/evidence-pack/view'

/** The key as other tools read it. */
function pemOf({ publicKey }: KeyView): string {
  return `-----BEGIN PUBLIC KEY-----\n${publicKey.match(/.{1,64}/g)?.join('\n') ?? ''}\n-----END PUBLIC KEY-----\n`
}

export function KeyCard({ view }: { view: RecordView }) {
  const client = useQueryClient()
  const { run, isBusy, refusal } = useCall()
  const [isSure, setSure] = useState(false)
  const [key, ...older] = view.keys
  if (!key) return <Surface aria-label="Public key"><SurfaceHead title="Public key" /><EmptyState title="No key yet">It is made with the first checkpoint, and its private half never leaves the database, where it lies encrypted.</EmptyState></Surface>
  const replace = async () => {
    if (isSure) await run(async () => client.setQueryData(recordQuery().queryKey, await replaceKey()))
    setSure(!isSure)
  }
  return (
    <Surface aria-label="Public key">
      <SurfaceHead title="Public key" note={<span className="mono">{key.id.slice(0, 8)}</span>}>
        <CopyButton text={key.fingerprint} label="Copy fingerprint" />
        <Button size="s" look="quiet" onClick={() => saveAs(`gatehouse-${key.id}.pem`, new Blob([pemOf(key)], { type: 'application/x-pem-file' }))}>Save</Button>
        <Button size="s" look={isSure ? 'danger' : 'quiet'} isBusy={isBusy} busyLabel="Replacing…" refusal={view.refusals.replaceKey} onClick={() => void replace()}>{isSure ? 'Yes, replace it' : 'Replace'}</Button>
      </SurfaceHead>
      <div className="flex flex-col gap-3 p-4">
        {refusal !== null && <Problem refusal={refusal} />}
        <p className="mono text-14 wrap-anywhere" aria-label="Fingerprint">{groupedFingerprint(key.fingerprint)}</p>
        <Facts items={[
          { term: 'Kind', value: 'Ed25519; SHA-256 over its SPKI form' },
          { term: 'Since', value: <Time at={key.createdAt} /> },
          ...older.map((one) => ({ term: one.isSigning ? 'Signs along' : 'Before', value: <><span className="mono">{one.id.slice(0, 8)}</span>{one.retiresAt !== null && <>, until <Time at={one.retiresAt} as="day" /></>}</> })),
        ]} />
        <p className="text-12 text-ink-2">Give this fingerprint to whoever verifies evidence packs, by another way than the pack. {isSure ? 'A new key is endorsed by this one, and for thirty days both sign.' : 'Who trusts an older key can follow to a newer one.'}</p>
      </div>
    </Surface>
  )
}
