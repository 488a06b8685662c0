'use client'
/** One's own account: name, password, who signs while one is away, how times and colours are shown, and where one is signed in. */
import { useQuery } from '@tanstack/react-query'
import { useAct } from '@/components/people/act'
import { DelegationPart } from '@/components/people/delegation-part'
import { NamePart, PasswordPart } from '@/components/people/identity-parts'
import { NoticesPart } from '@/components/people/notices-part'
import { OwnMail } from '@/components/people/own-mail'
import { PreferencesPart } from '@/components/people/preferences-part'
import { signOut } from '@/components/people/sign-in'
import { Button } from '@/components/ui/button'
import { Problem } from '@/components/ui/problem'
import { Chip } from '@/components/ui/small'
import { PageHead, Row, Rows, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { accountQuery } from '@/lib/client/people'
import type { AccountView } from '@/lib/domain/person/view'

export function AccountScreen({ initial }: { initial: AccountView }) {
  const { data } = useQuery({ ...accountQuery(initial.id), initialData: initial })
  return (
    <>
      <PageHead title={data.name} lead={rolesOf(data)}>
        <Button onClick={() => void signOut()}>Sign out</Button>
      </PageHead>
      <OwnMail account={data} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <NamePart account={data} />
        <PreferencesPart key={data.version} account={data} />
        <DelegationPart account={data} />
        <PasswordPart account={data} />
        <NoticesPart key={`notices ${data.version}`} account={data} />
        <Sessions account={data} />
      </div>
    </>
  )
}

function Sessions({ account }: { account: AccountView }) {
  const { run, failure } = useAct()
  const endAll = async () => {
    if (await run('/session/end', {})) location.assign('/sign-in')
  }
  return (
    <Surface aria-label="Signed in at">
      <SurfaceHead title="Signed in at" note={account.sessions.length}>
        <Button size="s" onClick={() => void endAll()}>Sign out everywhere</Button>
      </SurfaceHead>
      {failure !== null && <Problem refusal={{ message: failure.message }} />}
      <Rows>
        {account.sessions.map((session) => (
          <Row
            key={session.id}
            title={session.agent}
            detail={<>since <Time at={session.createdAt} as="moment" />, used <Time at={session.seenAt} /></>}
            aside={session.isThis ? <Chip>this one</Chip> : <Button size="s" onClick={() => void run('/session/end', { id: session.id })}>End</Button>}
          />
        ))}
      </Rows>
    </Surface>
  )
}

function rolesOf(account: AccountView): string {
  const roles = account.memberships.map((place) => `${place.role} of ${place.name}`)
  if (account.isAdmin) roles.push('admin of the installation')
  return roles.length === 0 ? 'You are a viewer: you see everything that is inside, and change nothing.' : `You are ${roles.join(', ')}.`
}
