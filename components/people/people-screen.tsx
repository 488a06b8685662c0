'use client'
/** Who is here, in which teams and with which roles. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { InviteDialog } from '@/components/people/invite-dialog'
import type { ShownLink } from '@/components/people/link-shown'
import { PersonDialog } from '@/components/people/person-dialog'
import { Button } from '@/components/ui/button'
import { TextInput } from '@/components/ui/field'
import { Avatar, Chip } from '@/components/ui/small'
import { PageHead, Row, Rows, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { peopleQuery } from '@/lib/client/people'
import type { PeopleView, PersonView } from '@/lib/domain/person/view'

export function PeopleScreen({ initial }: { initial: PeopleView }) {
  const { data } = useQuery({ ...peopleQuery(), initialData: initial })
  const [search, setSearch] = useState('')
  const [openId, setOpenId] = useState<string | null>(null)
  const [link, setLink] = useState<ShownLink | null>(null)
  const [isInviting, setInviting] = useState(false)
  const words = search.trim().toLowerCase()
  const found = data.people.filter((person) => words === '' || `${person.name} ${person.email ?? ''}`.toLowerCase().includes(words))
  const open = data.people.find((person) => person.id === openId)
  const close = () => {
    setOpenId(null)
    setLink(null)
  }

  return (
    <>
      <PageHead title="People" lead={sentenceOf(data.people)}>
        <Button look="primary" refusal={data.allowed.invite} onClick={() => setInviting(true)}>Invite</Button>
      </PageHead>
      <Surface>
        <SurfaceHead title="Everybody" note={words === '' ? data.people.length : `${found.length} of ${data.people.length}`}>
          <TextInput aria-label="Search people" placeholder="Search" className="w-44" value={search} onChange={(event) => setSearch(event.target.value)} />
        </SurfaceHead>
        <Rows aria-label="People">
          {found.map((person) => (
            <Row
              key={person.id}
              title={<Avatar name={person.name} />}
              detail={<Detail person={person} teams={data.teams} />}
              aside={<Button size="s" onClick={() => setOpenId(person.id)} aria-label={`Manage ${person.name}`}>Manage</Button>}
            >
              <span className="flex flex-wrap gap-2">
                {person.isAdmin && <Chip>admin</Chip>}
                {person.standing !== 'active' && <Chip>{person.standing}</Chip>}
              </span>
            </Row>
          ))}
          {found.length === 0 && <li className="px-4 py-6 text-ink-2">Nobody of that name. Clear the search, or invite them.</li>}
        </Rows>
      </Surface>
      <InviteDialog isOpen={isInviting} onClose={() => setInviting(false)} teams={data.teams} />
      {open && <PersonDialog key={`${open.id} ${open.version}`} person={open} teams={data.teams} link={link} onLink={setLink} onClose={close} />}
    </>
  )
}

function Detail({ person, teams }: { person: PersonView; teams: PeopleView['teams'] }) {
  const places = person.memberships.map((place) => `${teams.find((team) => team.id === place.team)?.name ?? place.team}${place.role === 'lead' ? ' (lead)' : ''}`)
  return (
    <>
      {person.email !== null && <>{person.email} · </>}
      {places.length === 0 ? 'viewer' : places.join(', ')}
      {person.delegation !== null && <> · {person.delegation.to.name} signs for them until <Time at={person.delegation.until} as="moment" /></>}
    </>
  )
}

function sentenceOf(people: readonly PersonView[]): string {
  const here = people.filter((person) => person.standing !== 'archived')
  const invited = here.filter((person) => person.standing === 'invited').length
  const viewers = here.filter((person) => person.memberships.length === 0 && !person.isAdmin).length
  const admins = here.filter((person) => person.isAdmin).length
  const parts = [`${here.length} ${here.length === 1 ? 'person' : 'people'}, ${admins} ${admins === 1 ? 'of them admin' : 'of them admins'}`]
  if (invited > 0) parts.push(`${invited} ${invited === 1 ? 'has' : 'have'} not accepted the invitation yet`)
  if (viewers > 0) parts.push(`${viewers} ${viewers === 1 ? 'is in no team and may only look' : 'are in no team and may only look'}`)
  return `${parts.join('; ')}.`
}
