/** A reset: whoever holds the link chooses a new password. */
import type { Metadata } from 'next'
import { LinkForm } from '@/components/people/link-form'
import { OutsideFrame } from '@/components/people/outside-frame'
import { ButtonLink } from '@/components/ui/button'
import { linkView } from '@/lib/server/view/outside'

export const metadata: Metadata = { title: 'New password', referrer: 'no-referrer' }

export default async function LinkPage({ params }: PageProps<'/reset/[code]'>) {
  const { code } = await params
  const person = await linkView('reset', code)
  if (person === null) {
    return (
      <OutsideFrame title="This link no longer works" lead="It was used already, has expired, or was replaced. Ask an admin for a new one.">
        <ButtonLink href="/sign-in">Sign in</ButtonLink>
      </OutsideFrame>
    )
  }
  return (
    <OutsideFrame title="New password" lead={`${person.name}, choose a new password. Everywhere else you are signed out.`}>
      <LinkForm code={code} email={person.email ?? ''} action="Set the password" />
    </OutsideFrame>
  )
}
