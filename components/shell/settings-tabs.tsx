'use client'
/** The parts of the settings as tabs that are links; an area adds its own by one line. */
import { usePathname } from 'next/navigation'
import { Tabs } from '@/components/ui/small'

const PARTS = [
  { href: '/settings/people', label: 'People' },
  { href: '/settings/teams', label: 'Teams' },
  { href: '/settings/policy', label: 'Policy' },
  { href: '/settings/templates', label: 'Templates' },
  { href: '/settings/sources', label: 'Metrics sources' },
  { href: '/settings/alerts', label: 'Alerts' },
  { href: '/settings/tokens', label: 'API tokens' },
  { href: '/settings/notifications', label: 'Notifications' },
  { href: '/settings/status', label: 'Status page' },
  { href: '/settings/record', label: 'Record' },
  { href: '/settings/account', label: 'My account' },
]

export function SettingsTabs() {
  const pathname = usePathname()
  return <Tabs label="Settings" tabs={PARTS.map((part) => ({ ...part, isOn: pathname === part.href || pathname.startsWith(`${part.href}/`) }))} />
}
