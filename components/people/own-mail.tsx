'use client'
/** Tells a person that e-mails to them did not arrive, what was answered, and what to do. */
import { useAct } from '@/components/people/act'
import { Mark } from '@/components/gate/mark'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { Problem } from '@/components/ui/problem'
import { Time } from '@/components/ui/time'
import type { AccountView } from '@/lib/domain/person/view'

export function OwnMail({ account }: { account: AccountView }) {
  const { run, isBusy, failure } = useAct()
  const mails = account.troubledMail
  if (mails.length === 0) return null
  const isDead = mails.some((one) => one.isDead)
  return (
    <div role="group" aria-label="E-mails that did not reach you" className="mb-4 flex gap-3 rounded-control border border-failed bg-failed-bg px-3 py-2">
      <span className="pt-1"><Mark state="failed" size={14} /></span>
      <div className="flex min-w-0 flex-col gap-1">
        <p className="font-medium">{isDead ? 'E-mails did not reach you' : 'E-mails to you are late'}{account.email !== null && <>, at <span className="mono break-all">{account.email}</span></>}</p>
        <p>{isDead ? 'Ask an admin whether this is still your address and whoever looks after your mailbox what the answer means. Then have them sent again.' : 'They are tried again by themselves.'} What waits for you is in <AppLink href="/my-work" className="text-link">My work</AppLink>, too.</p>
        <ul className="text-12">
          {mails.map((mail) => (
            <li key={mail.id} className="break-words"><AppLink href={mail.path} className="text-link">{mail.title}</AppLink>, <Time at={mail.createdAt} />: {mail.error}</li>
          ))}
        </ul>
        {failure !== null && <Problem refusal={{ message: failure.message }} />}
        {isDead && <Button size="s" className="self-start" isBusy={isBusy} onClick={() => void run(`/people/${account.id}/mail/resend`, { deliveryIds: 'all' })}>Send them again</Button>}
      </div>
    </div>
  )
}
