/** The first page of an empty installation; later it only points to the sign-in. */
import type { Metadata } from 'next'
import { OutsideFrame } from '@/components/people/outside-frame'
import { SetUpForm } from '@/components/people/set-up-form'
import { ButtonLink } from '@/components/ui/button'
import { outsideView } from '@/lib/server/view/outside'

export const metadata: Metadata = { title: 'Set up' }

export default async function SetUpPage() {
  const { isSetUp } = await outsideView()
  if (isSetUp) {
    return (
      <OutsideFrame title="Set up already" lead="This installation has its first admin. Sign in, or ask an admin for an invitation.">
        <ButtonLink href="/sign-in" look="primary">Sign in</ButtonLink>
      </OutsideFrame>
    )
  }
  return (
    <OutsideFrame title="Set up Gatehouse" lead="You become the first admin. Three teams and a policy for keeping authors and approvers apart are there already; you can change them later.">
      <SetUpForm />
    </OutsideFrame>
  )
}
