'use client'
/** Invites somebody and shows their link. */
import { useState } from 'react'
import { useAct } from '@/components/people/act'
import { LinkShown, type ShownLink } from '@/components/people/link-shown'
import { PlacesField } from '@/components/people/places-field'
import { textOf } from '@/components/people/post'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Checkbox, Field, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import type { Membership } from '@/lib/domain/actor'
import type { PeopleView } from '@/lib/domain/person/view'

interface InviteDialogProps {
  isOpen: boolean
  onClose: () => void
  teams: PeopleView['teams']
}

export function InviteDialog({ isOpen, onClose, teams }: InviteDialogProps) {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [memberships, setMemberships] = useState<readonly Membership[]>([])
  const [isAdmin, setAdmin] = useState(false)
  const [link, setLink] = useState<ShownLink | null>(null)
  const { run, isBusy, failure, clear } = useAct()

  const close = () => {
    setName('')
    setEmail('')
    setMemberships([])
    setAdmin(false)
    setLink(null)
    clear()
    onClose()
  }
  const send = async () => {
    const answer = await run('/people', { name, email, memberships, isAdmin })
    if (answer) setLink(linkOf(answer.value))
  }

  if (link !== null) {
    return (
      <Dialog open={isOpen} onClose={close} title={`${name} is invited`} footer={<Button look="primary" onClick={close}>Done</Button>}>
        <LinkShown link={link} name={name} />
      </Dialog>
    )
  }
  return (
    <Dialog
      open={isOpen}
      onClose={close}
      isBusy={isBusy}
      onSubmit={() => void send()}
      title="Invite somebody"
      description="They get a link by which they choose a password. No mail is sent; you pass the link on."
      footer={<><Button onClick={close}>Cancel</Button><Button type="submit" look="primary" isBusy={isBusy}>Invite</Button></>}
    >
      {failure !== null && <Problem refusal={{ message: failure.message }} />}
      <Field label="Name" error={failure?.fields['name']}>
        {(control) => <TextInput {...control} required maxLength={80} autoFocus value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label="E-mail address" hint="They sign in with it." error={failure?.fields['email']}>
        {(control) => <TextInput {...control} type="email" required value={email} onChange={(event) => setEmail(event.target.value)} />}
      </Field>
      <PlacesField teams={teams} value={memberships} onChange={setMemberships} />
      <Checkbox label="Admin of the installation" hint="May invite people and change settings; cannot sign for a team." checked={isAdmin} onChange={(event) => setAdmin(event.target.checked)} />
    </Dialog>
  )
}

/** The link in an answer of the API. */
export function linkOf(value: unknown): ShownLink {
  return { url: textOf(value, 'url') ?? '', purpose: textOf(value, 'purpose') ?? 'invite', expiresAt: textOf(value, 'expiresAt') ?? '' }
}
