'use client'
/** Brings a release to life: reads it, sends its commands, keeps the gate in the address, listens to the keys, opens the dialogs. */
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { DialogRequest } from '@/components/release/dialog-request'
import { Dialogs } from '@/components/release/dialogs/dialogs'
import { assumed } from '@/components/release/optimistic'
import { ReleaseScreen } from '@/components/release/release-screen'
import { firstGate, StageProvider, type Stage } from '@/components/release/stage'
import { usePreparedLink } from '@/components/release/use-prepared-link'
import { useKeys } from '@/components/release/keys'
import { showToast } from '@/components/shell/toasts'
import { useCommand } from '@/lib/client/commands'
import { releaseQuery } from '@/lib/client/queries'
import type { ReleaseCommand } from '@/lib/domain/release/commands'
import type { ReleaseView } from '@/lib/domain/release/view'

interface ReleaseProps {
  /** As it stands in the address: the key of the view in the cache. */
  code: string
  corner?: ReactNode
  metrics?: ReactNode
}

/** What is optimistic says so itself when it fails; everything of record shows its refusal where it was asked. */
const QUIET = new Set<ReleaseCommand['type']>(['tick', 'assign-item', 'set-due', 'pin-document'])

/** The gate that an anchor such as `#item-5.3` or `#gate-quality` means. */
function gateOfHash(view: ReleaseView, hash: string): string | undefined {
  const item = /^#item-(.+)$/.exec(hash)?.[1]
  if (item !== undefined) return view.gates.find((gate) => gate.items.some((one) => one.id === item))?.id
  return view.gates.find((gate) => `#gate-${gate.id}` === hash)?.id
}

export function Release({ code, ...slots }: ReleaseProps) {
  const { data: view } = useSuspenseQuery(releaseQuery(code))
  const client = useQueryClient()
  const { run } = useCommand('release', view.id, releaseQuery(code).queryKey)
  const asked = useSearchParams().get('gate')
  const gateId = view.gates.some((gate) => gate.id === asked) && asked !== null ? asked : firstGate(view)
  const [request, setRequest] = useState<{ readonly request: DialogRequest; readonly key: number } | null>(null)
  const [isOpen, setOpen] = useState(false)

  const select = useCallback((id: string) => {
    // The window of the charts stays in the address.
    const search = new URLSearchParams(window.location.search)
    search.set('gate', id)
    window.history.pushState(null, '', `?${search.toString()}`)
  }, [])
  const open = useCallback((next: DialogRequest) => {
    setRequest((before) => ({ request: next, key: (before?.key ?? 0) + 1 }))
    setOpen(true)
  }, [])
  const send = useCallback(async (command: ReleaseCommand) => {
    const { queryKey } = releaseQuery(code)
    const before = client.getQueryData(queryKey)
    const guess = before ? assumed(before, command, new Date().toISOString()) : null
    if (guess) client.setQueryData(queryKey, guess)
    const ran = await run({ ...command })
    if (ran.ok) return null
    // The guess was wrong: what the server has is read again.
    if (guess || ran.refusal.code === 'stale') await client.invalidateQueries({ queryKey })
    if (QUIET.has(command.type)) showToast({ message: ran.refusal.message, isFailure: true })
    return ran.refusal
  }, [client, code, run])

  useEffect(() => {
    const follow = () => {
      const id = gateOfHash(view, window.location.hash)
      if (id !== undefined && new URLSearchParams(window.location.search).get('gate') !== id) window.history.replaceState(null, '', `?gate=${encodeURIComponent(id)}${window.location.hash}`)
    }
    follow()
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [view])

  const stage = useMemo((): Stage => ({ view, send, open, gateId, select }), [view, send, open, gateId, select])
  useKeys(stage, isOpen)
  usePreparedLink(stage)
  return (
    <StageProvider value={stage}>
      <ReleaseScreen {...slots} />
      {request && <Dialogs key={request.key} request={request.request} isOpen={isOpen} onClose={() => setOpen(false)} />}
    </StageProvider>
  )
}
