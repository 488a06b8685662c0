'use client'
/** Adds a place that notifications go to, or changes what one hears of and where it lies. */
import { useState } from 'react'
import { HoursFields } from '@/components/notify/hours-fields'
import { MessagePreview } from '@/components/notify/message-preview'
import { RoutingFields } from '@/components/notify/routing-fields'
import { SecretShown } from '@/components/notify/secret-shown'
import { useCall } from '@/components/notify/use-call'
import { WouldHave } from '@/components/notify/would-have'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Checkbox, Field, Select, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { post, send } from '@/lib/client/api'
import { DESTINATION_KIND_TEXT, DESTINATION_KINDS, type DestinationKind } from '@/lib/domain/destination/kind'
import type { DeliveryHours } from '@/lib/domain/destination/state'
import type { DestinationsView, DestinationView, SigningSecret } from '@/lib/domain/destination/view'
import { DEFAULT_EVENT_KINDS, EVENT_KIND_TEXT, EVENT_KINDS, type EventKind } from '@/lib/domain/message/event-kind'
import type { Routing } from '@/lib/domain/notice/routing'

interface DestinationDialogProps {
  /** Null adds a new one. */
  destination: DestinationView | null
  view: DestinationsView
  onClose: () => void
}

export function DestinationDialog({ destination, view, onClose }: DestinationDialogProps) {
  const [place, setPlace] = useState<DestinationKind>(destination?.kind ?? 'slack')
  const [secret, setSecret] = useState<string | null>(null)
  const [name, setName] = useState(destination?.name ?? '')
  const [team, setTeam] = useState(destination?.team ?? '')
  const [kinds, setKinds] = useState<readonly EventKind[]>(destination?.eventKinds ?? DEFAULT_EVENT_KINDS)
  const [routing, setRouting] = useState<Routing | null>(destination?.routing ?? null)
  const [hours, setHours] = useState<DeliveryHours | null>(destination?.hours ?? null)
  const [url, setUrl] = useState('')
  // Made once, so that a repeat after a lost answer adds nothing twice.
  const [id] = useState(() => destination?.id ?? crypto.randomUUID())
  const { run, isBusy, refusal } = useCall('destination')
  const wishes = { name, team: team === '' ? null : team, eventKinds: kinds, hours, ...(routing ? { routing } : {}) }
  const problemOf = (field: string) => refusal?.blockers?.find((blocker) => blocker.code === field)?.message

  const save = async () => {
    const isDone = await run(async () => {
      if (destination === null) {
        setSecret((await post<SigningSecret>('/destinations/add', { id, kind: place, ...wishes, url })).signingSecret)
        return
      }
      await send('destinations', id, { type: 'edit-destination', ...wishes }, crypto.randomUUID())
      if (url.trim() !== '') await post(`/destinations/${id}/address`, { url })
    })
    if (isDone && (destination !== null || place !== 'webhook')) onClose()
  }

  if (secret !== null) return <SecretShown name={name} secret={secret} isRenewed={false} onClose={onClose} />
  return (
    <Dialog
      open
      onClose={onClose}
      isBusy={isBusy}
      onSubmit={() => void save()}
      title={destination === null ? 'Add a place' : `Change ${destination.name}`}
      description={DESTINATION_KIND_TEXT[place].help}
      footer={<><Button onClick={onClose}>Cancel</Button><Button type="submit" look="primary" isBusy={isBusy} refusal={place === 'email' ? view.mailRefusal : kinds.length === 0 ? 'Choose at least one event.' : null}>Save</Button></>}
    >
      {refusal !== null && problemOf('url') === undefined && <Problem refusal={{ message: refusal.message }} />}
      {destination === null && (
        <Field label="Kind">
          {(control) => (
            <Select {...control} value={place} onChange={(event) => setPlace(DESTINATION_KINDS.find((one) => one === event.target.value) ?? 'slack')}>
              {DESTINATION_KINDS.map((one) => <option key={one} value={one}>{DESTINATION_KIND_TEXT[one].label}</option>)}
            </Select>
          )}
        </Field>
      )}
      <Field label="Name" hint="As your team calls the channel or the endpoint." error={problemOf('name')}>
        {(control) => <TextInput {...control} required maxLength={80} autoFocus value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field
        label={place === 'email' ? (destination === null ? 'E-mail address' : 'New e-mail address') : destination === null ? 'Webhook URL' : 'New webhook URL'}
        isOptional={destination !== null}
        hint={destination === null ? place === 'email' ? 'It is encrypted at once and never shown again.' : 'It is a secret: it is encrypted at once and never shown again.' : `Now ${destination.hint}. Leave this empty to keep it.`}
        error={problemOf('url') ?? (place === 'email' ? view.mailRefusal : null)}
      >
        {(control) => (
          <TextInput {...control} isMono type={place === 'email' ? 'email' : 'password'} required={destination === null} maxLength={2000} placeholder={DESTINATION_KIND_TEXT[place].placeholder} value={url} onChange={(event) => setUrl(event.target.value)} />
        )}
      </Field>
      <Field label="Team" hint="Its leads look after the place, and it hears only of what concerns this team, unless a rule below names teams. What concerns everybody is always told.">
        {(control) => (
          <Select {...control} value={team} onChange={(event) => setTeam(event.target.value)}>
            <option value="">All teams</option>
            {view.teams.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
          </Select>
        )}
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium">Events</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {EVENT_KINDS.map((kind) => (
            <Checkbox
              key={kind}
              label={EVENT_KIND_TEXT[kind].label}
              hint={EVENT_KIND_TEXT[kind].explanation}
              checked={kinds.includes(kind)}
              onChange={(event) => setKinds(event.target.checked ? [...kinds, kind] : kinds.filter((one) => one !== kind))}
            />
          ))}
        </div>
      </fieldset>
      <RoutingFields routing={routing} view={view} onChange={setRouting} />
      <HoursFields hours={hours} teams={view.teams} onChange={setHours} />
      <WouldHave rule={{ team: wishes.team, eventKinds: kinds, ...(routing ? { routing } : {}) }} />
      <MessagePreview kind={place} events={kinds} />
    </Dialog>
  )
}
