'use client'
/** The form by which an empty installation gets its first admin. */
import { useState } from 'react'
import { PasswordField } from '@/components/people/password-field'
import { post, type Failure } from '@/components/people/post'
import { signInWithPassword } from '@/components/people/sign-in'
import { Button } from '@/components/ui/button'
import { Checkbox, Field, TextInput } from '@/components/ui/field'

const TEAMS = [
  { id: 'product', name: 'Product' },
  { id: 'data-science', name: 'Data science' },
  { id: 'ops', name: 'Ops' },
]

export function SetUpForm() {
  const [words, setWords] = useState({ code: '', installation: '', name: '', email: '', password: '' })
  const [teams, setTeams] = useState<readonly string[]>([])
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setBusy] = useState(false)
  const put = (name: keyof typeof words) => (value: string) => setWords((old) => ({ ...old, [name]: value }))
  const field = (name: string) => failure?.fields[name] ?? failure?.fields[`admin.${name}`]

  const send = async () => {
    setBusy(true)
    setFailure(null)
    const answer = await post('/api/v1/set-up', { ...words, memberships: teams.map((team) => ({ team, role: 'lead' })) })
    if (!answer.ok) {
      setFailure(answer.failure)
      setBusy(false)
      return
    }
    const fault = await signInWithPassword(words.email, words.password)
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
      {failure !== null && <p role="alert" className="rounded-control bg-failed-bg px-3 py-2 text-failed">{failure.message}</p>}
      <Field label="Code" hint="Printed on the console where the server was started." error={field('code')}>
        {(control) => <TextInput {...control} isMono required autoFocus value={words.code} onChange={(event) => put('code')(event.target.value)} />}
      </Field>
      <Field label="Name of the installation" hint="Your organisation or group, as people say it." error={field('installation')}>
        {(control) => <TextInput {...control} required maxLength={60} value={words.installation} onChange={(event) => put('installation')(event.target.value)} />}
      </Field>
      <Field label="Your name" error={field('name')}>
        {(control) => <TextInput {...control} required maxLength={80} autoComplete="name" value={words.name} onChange={(event) => put('name')(event.target.value)} />}
      </Field>
      <Field label="Your e-mail address" error={field('email')}>
        {(control) => <TextInput {...control} type="email" required autoComplete="username" value={words.email} onChange={(event) => put('email')(event.target.value)} />}
      </Field>
      <PasswordField value={words.password} onChange={put('password')} error={field('password')} />
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 font-medium">Teams that you lead <span className="font-normal text-ink-3">optional</span></legend>
        <p className="mb-1 text-12 text-ink-3">Who is in no team can look after the installation, but cannot open a release or sign. You can join one later.</p>
        {TEAMS.map((team) => (
          <Checkbox
            key={team.id}
            label={team.name}
            checked={teams.includes(team.id)}
            onChange={(event) => setTeams(event.target.checked ? [...teams, team.id] : teams.filter((id) => id !== team.id))}
          />
        ))}
      </fieldset>
      <Button type="submit" look="primary" isBusy={isBusy} busyLabel="Setting up…">Set up</Button>
    </form>
  )
}
