/** A sentence about something that does not work as it stands, with the way out in it. */
import type { ReactNode } from 'react'
import { Mark } from '@/components/gate/mark'

export function Warning({ children }: { children: ReactNode }) {
  return (
    <p className="flex gap-2 rounded-control bg-waiting-bg px-3 py-2 text-12 text-waiting">
      <span className="pt-1"><Mark state="waiting" size={12} /></span>
      <span className="min-w-0 break-words">{children}</span>
    </p>
  )
}
