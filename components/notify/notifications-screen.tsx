'use client'
/** Where notifications go: the places, whether they still take messages, a test, and the delivery log. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Deliveries } from '@/components/notify/deliveries'
import { DestinationDialog } from '@/components/notify/destination-dialog'
import { PeopleMail } from '@/components/notify/people-mail'
import { SecretShown } from '@/components/notify/secret-shown'
import { useCall } from '@/components/notify/use-call'
import { Button } from '@/components/ui/button'
import { Pill } from '@/components/ui/pill'
import { Problem } from '@/components/ui/problem'
import { EmptyState } from '@/components/ui/small'
import { PageHead, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { post, send } from '@/lib/client/api'
import { destinationsQuery } from '@/lib/client/notify'
import { DESTINATION_KIND_TEXT } from '@/lib/domain/destination/kind'
import { troublesOf, type DestinationsView, type DestinationView, type SigningSecret } from '@/lib/domain/destination/view'

export function NotificationsScreen({ initial }: { initial: DestinationsView }) {
  const { data } = useQuery({ ...destinationsQuery(), initialData: initial })
  const [edited, setEdited] = useState<DestinationView | 'new' | null>(null)
  return (
    <>
      <PageHead title="Notifications" lead={sentenceOf(data)}>
        <Button look="primary" refusal={data.addRefusal} onClick={() => setEdited('new')}>Add a place</Button>
      </PageHead>
      <div className="flex flex-col gap-4">
        {troublesOf(data).map((one) => <Problem key={one.id} refusal={{ message: one.message }} />)}
        {data.destinations.length === 0 && (
          <Surface>
            <EmptyState title="Nobody hears of anything yet" action={<Button look="primary" refusal={data.addRefusal} reasonAt="start" onClick={() => setEdited('new')}>Add a place</Button>}>
              Messages say what changed, what blocks, who acts next, and link to the exact gate. Add one place for everybody, or one per team: Slack, Mattermost, Microsoft Teams, an e-mail address or an endpoint of yours.
            </EmptyState>
          </Surface>
        )}
        {data.destinations.map((one) => <Destination key={one.id} destination={one} onEdit={() => setEdited(one)} />)}
        {data.people !== null && (data.mailRefusal === null || data.people.troubled.length > 0) && <PeopleMail people={data.people} />}
      </div>
      {edited !== null && <DestinationDialog destination={edited === 'new' ? null : edited} view={data} onClose={() => setEdited(null)} />}
    </>
  )
}

function sentenceOf({ destinations }: DestinationsView): string {
  const failing = destinations.filter((one) => one.disabled === null && one.failing?.isResting).length
  const off = destinations.filter((one) => one.disabled !== null).length
  const dead = destinations.reduce((sum, one) => sum + one.counts.dead, 0)
  const places = `${destinations.length === 1 ? '1 place hears' : `${destinations.length} places hear`} of what happens`
  const parts = [off > 0 ? `${off} switched off` : null, failing > 0 ? `${failing} failing` : null, dead > 0 ? `${dead === 1 ? '1 message was' : `${dead} messages were`} not delivered` : null].filter((part) => part !== null)
  return `${places}${parts.length > 0 ? `; ${parts.join(', ')}` : ''}.`
}

function Destination({ destination, onEdit }: { destination: DestinationView; onEdit: () => void }) {
  const { run, isBusy, refusal } = useCall('destination')
  const [isSure, setSure] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const { disabled, refusals, counts, failing } = destination
  const command = (type: string, more: object = {}) => void run(() => send('destinations', destination.id, { type, ...more }, crypto.randomUUID()))
  const isOff = disabled === null ? null : 'Switch it on first.'
  return (
    <Surface aria-label={destination.name}>
      <SurfaceHead title={destination.name} note={<>{DESTINATION_KIND_TEXT[destination.kind].label}, <span className="mono">{destination.hint}</span></>}>
        {disabled === null ? <Pill state={failing?.isResting ? 'failed' : 'passed'} hasMark>{failing?.isResting ? 'Failing' : 'On'}</Pill> : <Pill state={disabled.reason === 'paused' ? 'idle' : 'failed'} hasMark>{disabled.reason === 'paused' ? 'Paused' : 'Switched off'}</Pill>}
        <Button size="s" isBusy={isBusy} busyLabel="Working…" refusal={refusals.test ?? isOff} onClick={() => command('send-test')}>Send test message</Button>
        {disabled === null
          ? <Button size="s" look="quiet" refusal={refusals.change} onClick={() => command('disable-destination', { reason: 'paused', answer: '' })}>Pause</Button>
          : <Button size="s" look="quiet" refusal={refusals.change} onClick={() => command('enable-destination')}>Switch on</Button>}
        <Button size="s" look="quiet" refusal={refusals.change} onClick={onEdit}>Change</Button>
        {destination.signedSince !== null && <Button size="s" look="quiet" refusal={refusals.change} onClick={() => void run(async () => setSecret((await post<SigningSecret>(`/destinations/${destination.id}/signing`, {})).signingSecret))}>New signing secret</Button>}
        <Button size="s" look={isSure ? 'danger' : 'quiet'} refusal={refusals.archive} onClick={() => { if (isSure) command('archive-destination'); setSure(!isSure) }}>{isSure ? 'Yes, remove' : 'Remove'}</Button>
      </SurfaceHead>
      <p className="border-b border-line px-4 py-2 text-12 text-ink-2">
        <span className="text-ink">{destination.rule}.</span> {destination.hoursText !== null && `Ordinary messages ${destination.hoursText}. `}{counts.delivered} delivered, {counts.waiting} waiting, {counts.dead} failed.{disabled === null && failing !== null && <> {failing.count === 1 ? 'The last attempt' : `The last ${failing.count} attempts`} failed, since <Time at={failing.since} />: {failing.error}.</>} Added <Time at={destination.addedAt} />.{destination.signedSince !== null && <> Signed with a secret made <Time at={destination.signedSince} />.</>}
      </p>
      {refusal !== null && <div className="p-4"><Problem refusal={refusal} /></div>}
      <Deliveries destination={destination} />
      {secret !== null && <SecretShown name={destination.name} secret={secret} isRenewed onClose={() => setSecret(null)} />}
    </Surface>
  )
}
