'use client'
/** What a place would get if something happened: the message as people read it, and the body as it is sent. */
import { useId, useState } from 'react'
import { Select } from '@/components/ui/field'
import { DESTINATION_KIND_TEXT, type DestinationKind } from '@/lib/domain/destination/kind'
import { EVENT_KIND_TEXT, EVENT_KINDS, type EventKind } from '@/lib/domain/message/event-kind'
import { render } from '@/lib/domain/message/render'
import { sampleMessage } from '@/lib/domain/message/sample'

const HAPPENED_AT = '2026-01-15T14:05:00.000Z'
const SAMPLE_DELIVERY = { deliveryId: '0193b3c0-0000-7000-8000-000000000001', mayBeRepeat: false }

export function MessagePreview({ kind, events }: { kind: DestinationKind; events: readonly EventKind[] }) {
  const shown = EVENT_KINDS.filter((one) => events.includes(one))
  const [chosen, setChosen] = useState<EventKind>(shown[0] ?? 'decision')
  const heading = useId()
  const event = shown.includes(chosen) ? chosen : (shown[0] ?? 'decision')
  const message = sampleMessage(event, HAPPENED_AT)
  const body = render(kind, message, { ...SAMPLE_DELIVERY, link: `${window.location.origin}${message.path}` })
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-3 rounded-card border border-line bg-sunken p-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 id={heading} className="font-medium">Preview</h3>
        <Select aria-label="Event of the preview" value={event} onChange={({ target }) => setChosen(EVENT_KINDS.find((one) => one === target.value) ?? event)}>
          {(shown.length === 0 ? EVENT_KINDS : shown).map((one) => <option key={one} value={one}>{EVENT_KIND_TEXT[one].label}</option>)}
        </Select>
      </div>
      <div className="flex flex-col gap-2 rounded-control border border-line bg-surface p-3">
        <p className="font-medium">{message.title}</p>
        <p>{message.sentence}</p>
        <dl className="grid gap-2 text-12 sm:grid-cols-2">
          <div><dt className="text-ink-2">What changed</dt><dd>{message.whatChanged}</dd></div>
          <div><dt className="text-ink-2">Who acts next</dt><dd>{message.whoActsNext}</dd></div>
        </dl>
        <p className="text-12 text-open underline">{message.linkLabel}</p>
      </div>
      <details>
        <summary className="cursor-pointer text-12 text-ink-2">As {DESTINATION_KIND_TEXT[kind].label} gets it</summary>
        <pre tabIndex={0} aria-label="The body as it is sent" className="mt-2 max-h-64 overflow-auto rounded-control bg-surface p-3 text-11 whitespace-pre-wrap break-words">{JSON.stringify(body, null, 2)}</pre>
      </details>
    </section>
  )
}
