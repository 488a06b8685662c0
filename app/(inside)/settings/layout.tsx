/** The settings, each part under its own address. */
import type { ReactNode } from 'react'
import { SettingsTabs } from '@/components/shell/settings-tabs'

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SettingsTabs />
      <div className="pt-4">{children}</div>
    </>
  )
}
