'use client'
/** The one button that makes the evidence pack of a release. */
import { useState } from 'react'
import { showToast } from '@/components/shell/toasts'
import { Button } from '@/components/ui/button'
import type { ReleaseView } from '@/lib/domain/release/view'

const WHY_NOT = 'Only a member of a team or an admin may make the evidence pack of a release. You only look on.'

/** In: the release, for its code and for who looks. What makes the pack is fetched when it is pressed: few ever press it. */
export function PackButton({ view: { code, viewer } }: { view: Pick<ReleaseView, 'code' | 'viewer'> }) {
  const [isBusy, setBusy] = useState(false)
  const make = async () => {
    setBusy(true)
    try {
      const { savePack } = await import('@/lib/client/record')
      await savePack({ release: code })
    } catch (error) {
      showToast({ message: error instanceof Error ? error.message : 'The pack could not be made. Try again.', isFailure: true })
    } finally {
      setBusy(false)
    }
  }
  return <Button isBusy={isBusy} busyLabel="Gathering…" refusal={viewer.teams.length > 0 || viewer.isAdmin ? null : WHY_NOT} title="A zip that verifies offline: pages to print, data, files, the log’s chain and signed checkpoints" onClick={() => void make()}>Evidence pack</Button>
}
