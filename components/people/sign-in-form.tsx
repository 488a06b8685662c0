'use client'
/** The form of the sign-in page. */
import { useState } from 'react'
import { signInWithPassword, signInWithProvider, signInWords } from '@/components/people/sign-in'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'

interface SignInFormProps {
  /** Path to open afterwards; the server has checked that it is one of ours. */
  next: string
  /** Code of an earlier failure, from the address. */
  error: string | null
  hasProvider: boolean
}

export function SignInForm({ next, error, hasProvider }: SignInFormProps) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [fault, setFault] = useState(error === null ? null : signInWords(error))
  const [isBusy, setBusy] = useState(false)

  const run = async (act: () => Promise<string | null>) => {
    setBusy(true)
    setFault(null)
    const said = await act()
    setFault(said)
    if (said !== null) setBusy(false)
    return said === null
  }
  const withPassword = async () => {
    if (await run(() => signInWithPassword(email, password))) location.assign(whole())
  }

  // The place on the page never reaches the server; the browser kept it on the way here.
  const whole = () => (next.includes('#') ? next : `${next}${location.hash}`)

  return (
    <form
      method="post" // were it sent before the script is there, a password must not stand in the address
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void withPassword()
      }}
    >
      {fault !== null && <p role="alert" className="rounded-control bg-failed-bg px-3 py-2 text-failed">{fault}</p>}
      <Field label="E-mail address">
        {(control) => <TextInput {...control} type="email" name="email" autoComplete="username" required autoFocus value={email} onChange={(event) => setEmail(event.target.value)} />}
      </Field>
      <Field label="Password">
        {(control) => <TextInput {...control} type="password" name="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} />}
      </Field>
      <Button type="submit" look="primary" isBusy={isBusy} busyLabel="Signing in…">Sign in</Button>
      {hasProvider && <Button onClick={() => void run(() => signInWithProvider(whole()))}>Sign in with single sign-on</Button>}
      <p className="text-12 text-ink-3">No account, or the password is lost? An admin of your installation makes you a link.</p>
    </form>
  )
}
