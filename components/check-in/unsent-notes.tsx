'use client'
/** Words that were written without a network and met closed minutes: offered to be copied or added as an addendum, never lost silently. */
import { useSyncExternalStore } from 'react'
import { v7 as uuid } from 'uuid'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Problem } from '@/components/ui/problem'
import { Surface } from '@/components/ui/surface'
import { useCommand } from '@/lib/client/commands'
import { dropKept, keptNotes, listenToKept } from '@/lib/client/kept-notes'
import type { CheckInView } from '@/lib/domain/check-in/view'

const MOST = 9_000

export function UnsentNotes({ view }: { view: CheckInView }) {
  const { run, pending, refusal } = useCommand('check-in', view.id)
  const personId = view.viewer.personId ?? ''
  // the server knows nothing of them, so the first picture has none
  const keys = useSyncExternalStore(listenToKept, () => keptNotes(personId, view.id).map((note) => note.key).join('\n'), () => '')
  const shown = keys === '' ? [] : keptNotes(personId, view.id).filter((note) => note.words.trim() !== '')
  if (shown.length === 0) return null
  const forget = (key: string) => dropKept([key])
  return (
    <Surface aria-label="Not in the minutes" className="mb-4 px-4 py-3">
      <h2 className="text-13">Not in the minutes</h2>
      <p className="mt-1 text-ink-2">You wrote this while the server could not be reached, and the minutes were closed meanwhile. It is kept in this browser only.</p>
      <ul role="list" className="mt-2 flex flex-col gap-3">
        {shown.map((note) => (
          <li key={note.key} className="border-t border-line pt-2">
            <p className="text-12 text-ink-2">on {note.topic}</p>
            <p className="mt-1 break-words whitespace-pre-wrap">{note.words}</p>
            <p className="mt-2 flex flex-wrap gap-2">
              {view.minutes && (
                <Button size="s" look="primary" isBusy={pending} refusal={view.allowed.close} onClick={() => void run({ type: 'add-addendum', addendumId: uuid(), text: `On ${note.topic}: ${note.words.slice(0, MOST)}` }).then((ran) => { if (ran.ok) forget(note.key) })}>Add it as an addendum</Button>
              )}
              <CopyButton text={note.words} label="Copy it" />
              <Button size="s" look="quiet" onClick={() => forget(note.key)}>Discard it</Button>
            </p>
          </li>
        ))}
      </ul>
      <Problem refusal={refusal} />
    </Surface>
  )
}
