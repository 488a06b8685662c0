'use client'
/** Secret addresses for calendars outside: made, shown once, replaced, revoked. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Select } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { SecretDialog } from '@/components/ui/secret-dialog'
import { Row, Rows } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { ApiError, post } from '@/lib/client/api'
import { addressesQuery, seriesListQuery } from '@/lib/client/calendar'

export function SubscribeDialog({ about = 'mine', onClose }: { about?: string; onClose: () => void }) {
  const client = useQueryClient()
  const { data } = useQuery(addressesQuery())
  const { data: list } = useQuery(seriesListQuery())
  const [chosen, setChosen] = useState(about)
  const [made, setMade] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const feeds = data?.feeds ?? []
  const isThere = feeds.some((feed) => feed.about === chosen)
  const act = async (work: () => Promise<void>) => {
    setBusy(true)
    setProblem(null)
    await work().catch((error: unknown) => setProblem(error instanceof ApiError ? error.refusal.message : 'This did not work. Try again.'))
    await client.invalidateQueries({ queryKey: addressesQuery().queryKey })
    setBusy(false)
  }
  const make = () => act(async () => setMade((await post<{ readonly url: string }>('/calendar-addresses', { about: chosen })).url))
  if (made !== null) {
    return <SecretDialog title="Your calendar address" description="Subscribe to it in your calendar. It is shown only now; whoever has it can read the calendar, so treat it as a password." label="Address" hint="Google looks for changes a few times a day, Outlook every few hours, Apple as often as you say there. What is urgent comes by Slack or mail." secret={made} copyLabel="Copy address" onClose={onClose} />
  }
  return (
    <Dialog open onClose={onClose} isBusy={isBusy} title="Subscribe" description="Check-ins, target dates and freezes in the calendar that you use anyway, by a secret address."
      footer={<><Button onClick={onClose}>Close</Button><Button look="primary" isBusy={isBusy} onClick={() => void make()}>{isThere ? 'Replace the address' : 'Make an address'}</Button></>}>
      <Field label="Calendar" hint={isThere ? 'There is an address already. A new one takes its place, and the old one stops working.' : chosen === 'mine' ? 'What your teams take part in, with target dates and freezes.' : 'This series alone.'}>
        {(control) => (
          <Select {...control} value={chosen} onChange={(event) => setChosen(event.target.value)}>
            <option value="mine">My calendar</option>
            {(list?.series ?? []).filter((one) => one.ended === null).map((one) => <option key={one.id} value={one.id}>{one.title}</option>)}
          </Select>
        )}
      </Field>
      {feeds.length > 0 && (
        <Rows aria-label="Addresses" className="rounded-control border border-line">
          {feeds.map((feed) => (
            <Row key={feed.id} title={feed.title} detail={<>made <Time at={feed.createdAt} /> · {feed.usedAt === null ? 'never asked for' : <>asked for <Time at={feed.usedAt} /></>}</>}
              aside={<Button size="s" look="danger" isBusy={isBusy} aria-label={`Revoke the address of ${feed.title}`} onClick={() => void act(async () => { await post(`/calendar-addresses/${feed.id}/revoke`, {}) })}>Revoke</Button>} />
          ))}
        </Rows>
      )}
      {problem !== null && <Problem refusal={{ message: problem }} />}
    </Dialog>
  )
}
