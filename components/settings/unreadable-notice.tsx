'use client'
/** Says to admins, above all settings, what was encrypted under an earlier secret and cannot be read, and what to do. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Mark } from '@/components/gate/mark'
import { useCall } from '@/components/notify/use-call'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { Problem } from '@/components/ui/problem'
import { post, read } from '@/lib/client/api'
import { RESTORE, type Unreadable } from '@/lib/domain/installation/unreadable'

const AGAIN_MS = 15_000

export function UnreadableNotice({ initial }: { initial: readonly Unreadable[] }) {
  const { data } = useQuery({
    queryKey: ['secret', 'unreadable'], queryFn: ({ signal }) => read<readonly Unreadable[]>('/unreadable-secrets', signal), initialData: initial, refetchInterval: AGAIN_MS,
  })
  const { run, isBusy, refusal } = useCall('secret', 'installation')
  const [isSure, setSure] = useState(false)
  const forget = () => {
    if (isSure) void run(() => post('/unreadable-secrets/forget-subscribers', {}))
    setSure(!isSure)
  }
  if (data.length === 0) return null
  return (
    <section aria-label="Unreadable secrets" className="mt-4 flex gap-3 rounded-control border border-failed bg-failed-bg px-3 py-2">
      <span className="pt-1"><Mark state="failed" size={14} /></span>
      <div className="flex min-w-0 flex-col gap-2">
        <p className="font-medium">GATEHOUSE_SECRET has changed, and some of what it encrypted cannot be read.</p>
        <ul className="list-disc pl-4">
          {data.map(({ kind, what, remedy, href }) => <li key={kind} className="break-words">{href === null ? what : <AppLink href={href} className="text-link">{what}</AppLink>}: {remedy}</li>)}
        </ul>
        <p>{RESTORE}</p>
        {data.some(({ kind }) => kind === 'subscriber' || kind === 'links') && (
          <p><Button size="s" look={isSure ? 'danger' : 'quiet'} isBusy={isBusy} onClick={forget}>{isSure ? 'Yes, forget it for good' : 'Forget what the status page lost'}</Button></p>
        )}
        <Problem refusal={refusal} />
      </div>
    </section>
  )
}
