'use client'
/** Shows what a rule would have sent over the last days, out of the log, before anybody relies on it. */
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Problem } from '@/components/ui/problem'
import { Time } from '@/components/ui/time'
import { useCall } from '@/components/notify/use-call'
import { post } from '@/lib/client/api'
import type { WouldHaveView } from '@/lib/domain/destination/view'
import { EVENT_KIND_TEXT, type EventKind } from '@/lib/domain/message/event-kind'
import type { Routing } from '@/lib/domain/notice/routing'

interface Rule { readonly team: string | null; readonly eventKinds: readonly EventKind[]; readonly routing?: Routing }

export function WouldHave({ rule }: { rule: Rule }) {
  const [found, setFound] = useState<{ readonly of: string; readonly view: WouldHaveView } | null>(null)
  const { run, isBusy, refusal } = useCall('destination')
  const asked = JSON.stringify(rule)
  const look = () => void run(async () => setFound({ of: asked, view: await post<WouldHaveView>('/destinations/preview', rule) }))
  return (
    <section aria-label="What this rule would have sent" className="flex flex-col gap-2 rounded-card border border-line bg-sunken p-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">Over the last 7 days</h3>
        <Button size="s" isBusy={isBusy} busyLabel="Reading the log…" refusal={rule.eventKinds.length === 0 ? 'Choose at least one event.' : null} onClick={look}>See what would have been sent</Button>
      </div>
      {refusal !== null && <Problem refusal={refusal} />}
      {found && (
        <div aria-live="polite">
          <p className="text-12 text-ink-2">
            {found.of !== asked && 'The rule has changed since you looked. '}{wordsOf(found.view)}
          </p>
          <ol className="mt-1 flex max-h-64 flex-col overflow-y-auto" tabIndex={0} aria-label="Messages that would have been sent">
            {found.view.messages.map((one) => (
              <li key={`${one.at} ${one.title}`} className="border-t border-line py-2 text-12">
                <p><Time at={one.at} /> · {EVENT_KIND_TEXT[one.eventKind].label}{one.isUrgent && ', at once'}</p>
                <p className="font-medium break-words">{one.title}</p>
                <p className="line-clamp-2 break-words text-ink-2">{one.changed}</p>
              </li>
            ))}
          </ol>
        </div>
      )}
    </section>
  )
}

function wordsOf({ count, messages }: WouldHaveView): string {
  if (count === 0) return 'Nothing would have been sent.'
  const said = count === 1 ? '1 message would have been sent' : `${count} messages would have been sent`
  const rest = 'Those of one release within a minute come as one. Reminders of due dates and digests come by the clock and are not counted.'
  return messages.length < count ? `${said}; these are the newest ${messages.length}. ${rest}` : `${said}. ${rest}`
}
