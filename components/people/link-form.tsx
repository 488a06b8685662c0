'use client'
/** The form behind an invitation or a reset: choose a password, and be signed in. */
import { useState } from 'react'
import { PasswordField } from '@/components/people/password-field'
import { post, type Failure } from '@/components/people/post'
import { signInWithPassword } from '@/components/people/sign-in'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'

interface LinkFormProps {
  code: string
  email: string
  action: string
}

export function LinkForm({ code, email, action }: LinkFormProps) {
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setBusy] = useState(false)

  const send = async () => {
    setBusy(true)
    setFailure(null)
    const answer = await post('/api/v1/links/accept', { code, password })
    if (!answer.ok) {
      setFailure(answer.failure)
      setBusy(false)
      return
    }
    const fault = await signInWithPassword(email, password)
    location.assign(fault === null ? '/' : '/sign-in')
  }

  return (
    <form
      method="post" // were it sent before the script is there, a password must not stand in the address
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) void send()
      }}
    >
      {failure !== null && failure.fields['password'] === undefined && <p role="alert" className="rounded-control bg-failed-bg px-3 py-2 text-failed">{failure.message}</p>}
      <Field label="E-mail address" hint="You sign in with it.">
        {(control) => <TextInput {...control} type="email" readOnly autoComplete="username" value={email} />}
      </Field>
      <PasswordField value={password} onChange={setPassword} error={failure?.fields['password']} />
      <Button type="submit" look="primary" isBusy={isBusy}>{action}</Button>
    </form>
  )
}
