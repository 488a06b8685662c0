'use client'
/** E-mails to people that did not arrive, or not yet, with every attempt and its answer; an admin sends them again. */
import { Attempts } from '@/components/notify/attempts'
import { useCall } from '@/components/notify/use-call'
import { Button } from '@/components/ui/button'
import { Pill } from '@/components/ui/pill'
import { Problem } from '@/components/ui/problem'
import { EmptyState } from '@/components/ui/small'
import { Row, Rows, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { post } from '@/lib/client/api'
import type { PeopleMailView } from '@/lib/domain/destination/view'

export function PeopleMail({ people }: { people: PeopleMailView }) {
  const { run, isBusy, refusal } = useCall('destination', 'person')
  const { counts, failing, troubled } = people
  const resend = (mails: PeopleMailView['troubled']) => void run(async () => {
    for (const personId of new Set(mails.map((one) => one.personId))) await post(`/people/${personId}/mail/resend`, { deliveryIds: mails.filter((one) => one.personId === personId).map((one) => one.id) })
  })
  const dead = troubled.filter((one) => one.isDead)
  return (
    <Surface aria-label="E-mail to people">
      <SurfaceHead title="E-mail to people" note="Mentions, due dates and digests, to those who want them by e-mail">
        {failing?.isResting && <Pill state="failed" hasMark>Failing</Pill>}
        {dead.length > 1 && <Button size="s" isBusy={isBusy} onClick={() => resend(dead)}>Send all again</Button>}
      </SurfaceHead>
      <p className="border-b border-line px-4 py-2 text-12 text-ink-2">
        {counts.delivered} delivered, {counts.waiting} waiting, {counts.dead} given up over the last 30 days.{failing !== null && <> {failing.count === 1 ? 'The last attempt' : `The last ${failing.count} attempts`} failed, since <Time at={failing.since} />: {failing.error}.</>}
      </p>
      {refusal !== null && <div className="p-4"><Problem refusal={refusal} /></div>}
      {troubled.length === 0
        ? <EmptyState title="Every e-mail arrived">What a mail server refuses for good is listed here, with its answer, until it is sent again or a month has passed.</EmptyState>
        : (
          <Rows aria-label="E-mails that did not arrive">
            {troubled.map((mail) => (
              <Row
                key={mail.id}
                title={mail.title}
                detail={<>to {mail.name}, <Time at={mail.createdAt} />{mail.nextAt !== null && <>, next attempt <Time at={mail.nextAt} /></>}: {mail.error}</>}
                aside={<>
                  <Pill state={mail.isDead ? 'failed' : 'waiting'} hasMark>{mail.isDead ? 'Given up' : 'Waiting'}</Pill>
                  {mail.isDead && <Button size="s" isBusy={isBusy} aria-label={`Send again to ${mail.name}: ${mail.title}`} onClick={() => resend([mail])}>Send again</Button>}
                </>}
              >
                <Attempts id={mail.id} attempts={mail.attempts} />
              </Row>
            ))}
          </Rows>
        )}
    </Surface>
  )
}
