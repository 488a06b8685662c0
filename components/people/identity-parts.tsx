'use client'
/** The parts of the account that say who one is: the name, and the password. */
import { useState } from 'react'
import { useAct } from '@/components/people/act'
import { PasswordField } from '@/components/people/password-field'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import type { AccountView } from '@/lib/domain/person/view'

/** Changes the own name; entries of the record keep the one that they were made under. */
export function NamePart({ account }: { account: AccountView }) {
  const [name, setName] = useState(account.name)
  const { run, isBusy, failure } = useAct()
  return (
    <Surface aria-label="Name">
      <SurfaceHead title="Name" />
      <form
        className="flex flex-col gap-3 p-4"
        onSubmit={(event) => {
          event.preventDefault()
          void run(`/people/${account.id}/commands`, { type: 'rename', name })
        }}
      >
        {failure !== null && <Problem refusal={{ message: failure.message }} />}
        <Field label="Your name" hint="Entries of the record keep the name that they were made under.">
          {(control) => <TextInput {...control} required maxLength={80} autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        {account.email !== null && <p className="text-ink-2">You sign in with {account.email}.</p>}
        <Button type="submit" className="self-start" isBusy={isBusy} reasonAt="start" refusal={name.trim() === account.name ? 'Nothing is changed yet.' : null}>Save name</Button>
      </form>
    </Surface>
  )
}

/** Changes the own password; every session ends with it. */
export function PasswordPart({ account }: { account: AccountView }) {
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const { run, isBusy, failure } = useAct()
  const save = async () => {
    if (await run('/session/password', { current, password })) location.assign('/sign-in')
  }
  return (
    <Surface aria-label="Password">
      <SurfaceHead title="Password" />
      {!account.hasPassword && <p className="p-4 text-ink-2">You sign in by the identity provider; change your password there.</p>}
      {account.hasPassword && (
        <form
          className="flex flex-col gap-3 p-4"
          onSubmit={(event) => {
            event.preventDefault()
            if (!isBusy) void save()
          }}
        >
          {failure !== null && <Problem refusal={{ message: failure.message }} />}
          <input type="email" name="email" autoComplete="username" value={account.email ?? ''} readOnly hidden />
          <Field label="Current password" error={failure?.fields['current']}>
            {(control) => <TextInput {...control} type="password" required autoComplete="current-password" value={current} onChange={(event) => setCurrent(event.target.value)} />}
          </Field>
          <PasswordField value={password} onChange={setPassword} error={failure?.fields['password']} />
          <Button type="submit" className="self-start" isBusy={isBusy}>Change password and sign in again</Button>
        </form>
      )}
    </Surface>
  )
}
