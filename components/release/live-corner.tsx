'use client'
/** Says whether what is shown follows along by itself. */
import { useLiveState } from '@/components/shell/providers'

const WORDS = { connecting: 'connecting', live: 'live', reconnecting: 'reconnecting', 'signed-out': 'signed out' }

export function LiveCorner() {
  const state = useLiveState()
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true" className={state === 'live' ? 'size-2 rounded-full bg-passed' : 'size-2 rounded-full border border-idle'} />
      {WORDS[state]}
    </span>
  )
}
