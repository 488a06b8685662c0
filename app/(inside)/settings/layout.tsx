/** The settings, each part under its own address. */
import type { ReactNode } from 'react'
import { UnreadableNotice } from '@/components/settings/unreadable-notice'
import { TroubleBanner } from '@/components/notify/trouble-banner'
import { SettingsTabs } from '@/components/shell/settings-tabs'
import { may } from '@/lib/domain/policy'
import { currentActor } from '@/lib/server/actor'
import { installationRing } from '@/lib/server/key-ring'
import { unreadable } from '@/lib/server/secrets/look-after'
import { store } from '@/lib/server/store'

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const actor = await currentActor()
  const lost = actor !== null && may(actor, 'secret.look-after') === true ? await unreadable(await store(), installationRing(), new Date()) : []
  return (
    <>
      <SettingsTabs />
      <TroubleBanner />
      {lost.length > 0 && <UnreadableNotice initial={lost} />}
      <div className="pt-4">{children}</div>
    </>
  )
}
