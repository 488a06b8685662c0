/** Where people without a session arrive. */
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { OutsideFrame } from '@/components/people/outside-frame'
import { SignInForm } from '@/components/people/sign-in-form'
import { isOwnPath, outsideView } from '@/lib/server/view/outside'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { next, error } = await searchParams
  const target = isOwnPath(next) ? next : '/'
  const { isSetUp, isSignedIn, name, hasProvider } = await outsideView()
  if (!isSetUp) redirect('/set-up')
  if (isSignedIn) redirect(target)
  return (
    <OutsideFrame title="Sign in" lead={`to ${name}`}>
      <SignInForm next={target} error={typeof error === 'string' ? error : null} hasProvider={hasProvider} />
    </OutsideFrame>
  )
}
