/** An invitation: whoever holds the link chooses a password and joins. */
import type { Metadata } from 'next'
import { LinkForm } from '@/components/people/link-form'
import { OutsideFrame } from '@/components/people/outside-frame'
import { ButtonLink } from '@/components/ui/button'
import { linkView } from '@/lib/server/view/outside'

export const metadata: Metadata = { title: 'Welcome', referrer: 'no-referrer' }

export default async function LinkPage({ params }: PageProps<'/invite/[code]'>) {
  const { code } = await params
  const person = await linkView('invite', code)
  if (person === null) {
    return (
      <OutsideFrame title="This link no longer works" lead="It was used already, has expired, or was replaced. Ask an admin for a new one.">
        <ButtonLink href="/sign-in">Sign in</ButtonLink>
      </OutsideFrame>
    )
  }
  return (
    <OutsideFrame title="Welcome" lead={`Welcome, ${person.name}. Choose a password, and you are in.`}>
      <LinkForm code={code} email={person.email ?? ''} action="Join" />
    </OutsideFrame>
  )
}
