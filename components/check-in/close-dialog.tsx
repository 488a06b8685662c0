'use client'
/** Closing the minutes: what they will hold, and that they do not change afterwards. */
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Problem } from '@/components/ui/problem'
import { useCommand } from '@/lib/client/commands'
import { isLeft } from '@/lib/domain/check-in/state'
import type { CheckInView } from '@/lib/domain/check-in/view'
import { formatPlural } from '@/lib/domain/format'

export function CloseDialog({ view, unsaved, onClose }: { view: CheckInView; unsaved: number; onClose: () => void }) {
  const { run, pending, refusal } = useCommand('check-in', view.id)
  const left = view.topics.filter(isLeft).length
  const send = async () => { if ((await run({ type: 'close' })).ok) onClose() }
  return (
    <Dialog open onClose={onClose} isBusy={pending} onSubmit={() => void send()} size="s" title="Close the minutes"
      description="Their text enters the record with its hash and goes to Slack where somebody listens. After that they do not change; addenda can be written."
      footer={<><Button onClick={onClose}>Leave it</Button><Button type="submit" look="primary" isBusy={pending} busyLabel="Closing…" refusal={unsaved > 0 ? 'Words of yours are not sent yet. Wait until they are.' : null}>Close the minutes</Button></>}>
      <ul className="list-disc pl-4">
        <li>{formatPlural(view.topics.length, 'topic')}, {view.topics.filter((topic) => topic.note !== null).length} with notes</li>
        <li>{view.taken.length} taken</li>
        <li>{left === 0 ? 'Nothing is left open' : `${left} left open or parked: ${left === 1 ? 'it comes' : 'they come'} back at the next one`}</li>
      </ul>
      <Problem refusal={refusal} />
    </Dialog>
  )
}
