/** Everything behind the sign-in: who is nobody here is sent to the door. */
import type { ReactNode } from 'react'
import { Frame } from '@/components/shell/frame'
import { Providers } from '@/components/shell/providers'
import { requireActor } from '@/lib/server/actor'
import { shellView } from '@/lib/server/view/shell'

export default async function InsideLayout({ children }: { children: ReactNode }) {
  const view = await shellView(await requireActor())
  return (
    <Providers seq={view.seq} timeZone={view.viewer.timeZone} theme={view.viewer.theme}>
      <Frame view={view}>{children}</Frame>
    </Providers>
  )
}
