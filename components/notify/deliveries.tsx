'use client'
/** The delivery log of one destination: what was sent, every attempt with its answer, and what can be sent again. */
import { useQuery } from '@tanstack/react-query'
import { Attempts } from '@/components/notify/attempts'
import { useCall } from '@/components/notify/use-call'
import { Button } from '@/components/ui/button'
import { Pill } from '@/components/ui/pill'
import { Problem } from '@/components/ui/problem'
import { EmptyState, Skeleton } from '@/components/ui/small'
import { Row, Rows } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { post } from '@/lib/client/api'
import { deliveriesQuery } from '@/lib/client/notify'
import type { DeliveryView, DestinationView } from '@/lib/domain/destination/view'
import type { MarkState } from '@/lib/domain/rail'

const STATE: Readonly<Record<DeliveryView['state'], { readonly mark: MarkState; readonly label: string }>> = {
  waiting: { mark: 'waiting', label: 'Waiting' }, delivered: { mark: 'passed', label: 'Delivered' }, dead: { mark: 'failed', label: 'Failed' },
}

export function Deliveries({ destination }: { destination: DestinationView }) {
  const { data, isError } = useQuery(deliveriesQuery(destination.id))
  const { run, isBusy, refusal } = useCall('destination')
  const replay = (deliveryIds: 'all' | readonly string[]) => void run(() => post(`/destinations/${destination.id}/replay`, { deliveryIds }))
  if (isError) return <div className="p-4"><Problem refusal={{ message: 'The deliveries could not be read. They are tried again by themselves.' }} /></div>
  if (!data) return <div className="flex flex-col gap-2 p-4"><Skeleton /><Skeleton /></div>
  if (data.length === 0) return <EmptyState title="Nothing sent yet">Send a test message to see whether this place hears you.</EmptyState>
  const dead = data.filter((one) => one.state === 'dead')
  return (
    <div>
      {refusal !== null && <div className="p-4"><Problem refusal={refusal} /></div>}
      {dead.length > 1 && (
        <div className="flex items-center gap-3 border-b border-line bg-sunken px-4 py-2">
          <span>{destination.counts.dead} messages were not delivered.</span>
          <Button size="s" className="ml-auto" isBusy={isBusy} refusal={destination.refusals.replay} onClick={() => replay('all')}>Send all again</Button>
        </div>
      )}
      <Rows aria-label={`Deliveries to ${destination.name}`}>
        {data.map((delivery) => <Delivery key={delivery.id} delivery={delivery} refusal={destination.refusals.replay} isBusy={isBusy} onReplay={() => replay([delivery.id])} />)}
      </Rows>
    </div>
  )
}

function Delivery({ delivery, refusal, isBusy, onReplay }: { delivery: DeliveryView; refusal: string | null; isBusy: boolean; onReplay: () => void }) {
  const { mark, label } = STATE[delivery.state]
  return (
    <Row
      title={delivery.title}
      detail={<><Time at={delivery.createdAt} />{delivery.nextAt !== null && delivery.attempts.length > 0 && <>, next attempt <Time at={delivery.nextAt} /></>}{delivery.lastError !== null && delivery.state !== 'delivered' && <>: {delivery.lastError}</>}</>}
      aside={<>
        <Pill state={mark} hasMark>{label}</Pill>
        {delivery.state === 'dead' && <Button size="s" refusal={refusal} isBusy={isBusy} aria-label={`Send again: ${delivery.title}`} onClick={onReplay}>Send again</Button>}
      </>}
    >
      <Attempts id={delivery.id} attempts={delivery.attempts}>
        <pre tabIndex={0} aria-label="What was sent" className="mt-2 max-h-80 overflow-auto rounded-control bg-sunken p-3 text-11 whitespace-pre-wrap">{JSON.stringify(delivery.payload, null, 2)}</pre>
      </Attempts>
    </Row>
  )
}
