'use client'
/** Everything that can be done about one person; what may not be done says why. */
import { useState, type ReactNode } from 'react'
import { useAct } from '@/components/people/act'
import { linkOf } from '@/components/people/invite-dialog'
import { LinkShown, type ShownLink } from '@/components/people/link-shown'
import { PlacesField } from '@/components/people/places-field'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Problem } from '@/components/ui/problem'
import type { Membership } from '@/lib/domain/actor'
import type { PeopleView, PersonView } from '@/lib/domain/person/view'

interface PersonDialogProps {
  person: PersonView
  teams: PeopleView['teams']
  /** The link that was made while the dialog is open. Kept outside, as making it changes the person and so begins the dialog anew. */
  link: ShownLink | null
  onLink: (link: ShownLink) => void
  onClose: () => void
}

export function PersonDialog({ person, teams, link, onLink, onClose }: PersonDialogProps) {
  const [memberships, setMemberships] = useState<readonly Membership[]>(person.memberships)
  const [isSure, setSure] = useState<'archive' | 'erase' | null>(null)
  const { run, isBusy, failure } = useAct()
  const { allowed } = person
  const command = (body: unknown) => run(`/people/${person.id}/commands`, body)
  const isSame = key(memberships) === key(person.memberships)

  const makeLink = async () => {
    const answer = await run(`/people/${person.id}/link`, {})
    if (answer) onLink(linkOf(answer.value))
  }
  const sure = async (what: 'archive' | 'erase') => {
    if (isSure !== what) {
      setSure(what)
      return
    }
    setSure(null)
    await (what === 'archive' ? command({ type: 'archive' }) : run(`/people/${person.id}/erase`, {}))
  }

  return (
    <Dialog open onClose={onClose} isBusy={isBusy} title={person.name} description={sentenceOf(person)} footer={<Button look="primary" onClick={onClose}>Done</Button>}>
      {failure !== null && <Problem refusal={{ message: failure.message }} />}
      {link !== null && <LinkShown link={link} name={person.name} />}
      {person.standing !== 'archived' && (
        <Part title="Teams">
          <PlacesField teams={teams} value={memberships} onChange={setMemberships} refusals={allowed.teams} />
          <Button
            className="self-start"
            isBusy={isBusy}
            reasonAt="start"
            refusal={allowed.setMemberships ?? (isSame ? 'Nothing is changed yet.' : null)}
            onClick={() => void command({ type: 'set-memberships', memberships })}
          >
            Save teams
          </Button>
        </Part>
      )}
      <Part title="Access">
        <div className="flex flex-wrap gap-2">
          {person.standing === 'archived' ? (
            <Button refusal={allowed.restore} reasonAt="start" onClick={() => void command({ type: 'restore' })}>Restore</Button>
          ) : (
            <>
              <Button refusal={allowed.setAdmin} reasonAt="start" onClick={() => void command({ type: 'set-admin', isAdmin: !person.isAdmin })}>{person.isAdmin ? 'Remove as admin' : 'Make admin'}</Button>
              <Button refusal={allowed.link} reasonAt="start" onClick={() => void makeLink()}>{person.standing === 'invited' ? 'New invitation link' : 'Link for a new password'}</Button>
              <Button refusal={allowed.endSessions} reasonAt="start" onClick={() => void run(`/people/${person.id}/end-sessions`, {})}>Sign out everywhere</Button>
              {person.delegation !== null && <Button refusal={allowed.endDelegation} reasonAt="start" onClick={() => void command({ type: 'end-delegation' })}>End delegation</Button>}
            </>
          )}
        </div>
      </Part>
      <Part title={person.standing === 'archived' ? 'Erase' : 'Archive'}>
        {person.standing === 'archived' ? (
          <>
            <p className="text-ink-2">Empties the name, the address and the words about this person. Entries of the record stay, and the chain still verifies. This cannot be undone.</p>
            <Button className="self-start" look="danger" refusal={allowed.erase} reasonAt="start" onClick={() => void sure('erase')}>{isSure === 'erase' ? 'Yes, erase for good' : 'Erase'}</Button>
          </>
        ) : (
          <>
            <p className="text-ink-2">Archived people keep their entries in the record and lose access at once{(person.tokens ?? 0) > 0 && `, and so ${person.tokens === 1 ? 'does the API token' : `do the ${person.tokens} API tokens`} that they made`}. They are never deleted.</p>
            <Button className="self-start" look="danger" refusal={allowed.archive} reasonAt="start" onClick={() => void sure('archive')}>{isSure === 'archive' ? `Yes, archive ${person.name}` : 'Archive'}</Button>
          </>
        )}
      </Part>
    </Dialog>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2 border-t border-line pt-3 first:border-0 first:pt-0">
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function sentenceOf(person: PersonView): string {
  if (person.standing === 'archived') return 'Archived: cannot sign in, and stays in the record.'
  if (person.standing === 'invited') return 'Invited; the link has not been used yet.'
  return person.signsIn === 'provider' ? 'Signs in by the identity provider.' : 'Signs in with a password.'
}

function key(memberships: readonly Membership[]): string {
  return memberships.map((place) => `${place.team}:${place.role}`).toSorted().join()
}
