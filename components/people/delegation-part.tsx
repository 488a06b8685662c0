'use client'
/** Who signs for this person while they are away, and for whom they sign. */
import { useState } from 'react'
import { useAct } from '@/components/people/act'
import { Button } from '@/components/ui/button'
import { Field, Select, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import type { AccountView } from '@/lib/domain/person/view'

export function DelegationPart({ account }: { account: AccountView }) {
  const [to, setTo] = useState('')
  const [day, setDay] = useState('')
  const { run, isBusy, failure } = useAct()
  const command = (body: unknown) => run(`/people/${account.id}/commands`, body)
  const refusal = account.allowed.delegate ?? (account.others.length === 0 ? 'There is nobody else yet.' : to === '' ? 'Choose who signs for you.' : day === '' ? 'Choose the last day.' : null)

  return (
    <Surface aria-label="Delegation">
      <SurfaceHead title="Delegation" />
      <div className="flex flex-col gap-3 p-4">
        {failure !== null && <Problem refusal={{ message: failure.message }} />}
        {account.standsFor.length > 0 && <p>You sign for {account.standsFor.map((person) => person.name).join(', ')}.</p>}
        {account.delegation === null ? (
          <form
            className="flex flex-col gap-3"
            onSubmit={(event) => {
              event.preventDefault()
              // To the end of the day as the person reads it here.
              void command({ type: 'delegate', to, until: new Date(`${day}T23:59:59`).toISOString() })
            }}
          >
            <p className="text-ink-2">Somebody who signs in your place while you are away. It is logged, and every signature says for whom it was made.</p>
            <Field label="Signs for me">
              {(control) => (
                <Select {...control} value={to} onChange={(event) => setTo(event.target.value)}>
                  <option value="">choose</option>
                  {account.others.map((person) => <option key={person.id} value={person.id}>{person.name}</option>)}
                </Select>
              )}
            </Field>
            <Field label="until the end of">
              {(control) => <TextInput {...control} type="date" value={day} onChange={(event) => setDay(event.target.value)} />}
            </Field>
            <Button type="submit" className="self-start" isBusy={isBusy} reasonAt="start" refusal={refusal}>Delegate</Button>
          </form>
        ) : (
          <div className="flex flex-wrap items-center gap-3">
            <p>{account.delegation.to.name} signs for you until <Time at={account.delegation.until} as="moment" />.</p>
            <Button isBusy={isBusy} onClick={() => void command({ type: 'end-delegation' })}>End it now</Button>
          </div>
        )}
      </div>
    </Surface>
  )
}
