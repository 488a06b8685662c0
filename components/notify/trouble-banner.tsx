'use client'
/** Says on every page of the settings what does not arrive, to those who can do something about it; the page of the notifications says more itself. */
import { useQuery } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { AppLink } from '@/components/ui/app-link'
import { Mark } from '@/components/gate/mark'
import { troublesQuery } from '@/lib/client/notify'

const PLACE = '/settings/notifications'

export function TroubleBanner() {
  const pathname = usePathname()
  const { data = [] } = useQuery({ ...troublesQuery(), enabled: pathname !== PLACE })
  if (pathname === PLACE || data.length === 0) return null
  return (
    <aside aria-label="Notifications that do not arrive" className="mt-4 flex gap-3 rounded-control border border-failed bg-failed-bg px-3 py-2">
      <span className="pt-1"><Mark state="failed" size={14} /></span>
      <div className="min-w-0">
        {data.map((one) => <p key={one.id} className="break-words">{one.message}</p>)}
        <p><AppLink href={PLACE} className="text-link">Open the notifications</AppLink></p>
      </div>
    </aside>
  )
}
