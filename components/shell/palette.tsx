'use client'
/** The command palette: go to a place or a release, or do something, by typing. */
import { useQueryClient } from '@tanstack/react-query'
import { Command, defaultFilter } from 'cmdk'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { LOWER_PLACES, MAIN_PLACES } from '@/components/shell/places'
import { chooseTheme } from '@/components/shell/theme-toggle'
import { isRoute } from '@/components/ui/app-link'
import { isBoardView } from '@/lib/domain/board'

interface Entry {
  readonly key: string
  readonly group: 'Releases' | 'Go to' | 'Do'
  readonly name: string
  readonly note?: string
  readonly words?: string
  /** An address, or what to do. */
  readonly go: string | (() => void)
}

const ACTIONS: readonly Entry[] = [
  { key: 'open-release', group: 'Do', name: 'Open a release', words: 'new create candidate', go: '/releases/new' },
  { key: 'theme-light', group: 'Do', name: 'Light theme', go: () => chooseTheme('light') },
  { key: 'theme-dark', group: 'Do', name: 'Dark theme', go: () => chooseTheme('dark') },
  { key: 'theme-system', group: 'Do', name: 'Theme of the system', go: () => chooseTheme('system') },
]

/** Further words by which a place is found. */
const FINDING: Readonly<Record<string, string>> = {
  '/': 'releases in flight home',
  '/my-work': 'waiting on me mine',
  '/check-ins': 'meeting agenda minutes',
  '/calendar': 'month series holidays freeze target date subscribe ical',
  '/decisions': 'go no-go record',
  '/live': 'watch production at risk review record alerts',
  '/insights': 'insights lead time waiting forecast change failure trend',
  '/models': 'versions registry',
  '/environments': 'production staging freeze',
  '/status': 'public',
  '/settings': 'people templates sources notifications slack teams webhook tokens policy',
}
const PLACES: readonly Entry[] = [...MAIN_PLACES, ...LOWER_PLACES].map(({ href, name }) => ({ key: href, group: 'Go to', name, words: FINDING[href] ?? '', go: href }))

/** The entry that looks through everything that people wrote: always there, and always after what has the name. */
const EVERYTHING = 'search what people wrote'
const LAST = 0.000_001

/** The palette as a modal dialog; Escape closes it and focus returns. */
export function Palette({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const router = useRouter()
  const releases = useKnownReleases()
  const [text, setText] = useState('')
  useEffect(() => {
    if (isOpen && dialog.current?.open === false) {
      dialog.current.showModal()
      // The dialog would begin on the frame of the list, which takes no letters.
      dialog.current.querySelector('input')?.focus()
    }
    if (!isOpen) dialog.current?.close()
  }, [isOpen])
  const run = (entry: Entry) => {
    onClose()
    setText('')
    if (typeof entry.go !== 'string') entry.go()
    else if (isRoute(entry.go)) router.push(entry.go)
    else window.location.assign(entry.go)
  }
  const entries = [...releases, ...PLACES, ...ACTIONS]
  return (
    <dialog ref={dialog} aria-label="Search or act" onClose={onClose} onMouseDown={(e) => { if (e.target === e.currentTarget) onClose() }} className="mx-auto mt-[12dvh] mb-auto w-[calc(100vw-24px)] max-w-xl rounded-surface border border-line bg-surface p-0 text-ink shadow-float">
      {isOpen && (
        <Command label="Search or act" loop filter={(value, search, keywords) => (value === EVERYTHING ? LAST : defaultFilter(value, search, keywords))}>
          <Command.Input value={text} onValueChange={setText} placeholder="Release, model, place or action" className="h-12 w-full border-b border-line bg-transparent px-4 text-16 outline-none placeholder:text-ink-3" />
          <Command.List className="max-h-[50dvh] overflow-y-auto p-2 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:text-ink-3">
            {(['Releases', 'Go to', 'Do'] as const).map((group) => {
              const own = entries.filter((e) => e.group === group)
              return own.length === 0 ? null : (
                <Command.Group key={group} heading={group}>
                  {own.map((e) => (
                    <Command.Item key={e.key} value={`${e.name} ${e.note ?? ''} ${e.words ?? ''}`} onSelect={() => run(e)} className="flex cursor-pointer items-center gap-3 rounded-control px-2 py-1 data-[selected=true]:bg-sunken">
                      <span className="truncate">{e.name}</span>
                      {e.note && <span className="mono ml-auto text-ink-3">{e.note}</span>}
                    </Command.Item>
                  ))}
                </Command.Group>
              )
            })}
            <Command.Group heading="Record">
              <Command.Item value={EVERYTHING} onSelect={() => run({ key: 'search', group: 'Do', name: text, go: text.trim() === '' ? '/search' : `/search?q=${encodeURIComponent(text.trim())}` })} className="flex cursor-pointer items-center gap-3 rounded-control px-2 py-1 data-[selected=true]:bg-sunken">
                <span className="truncate">Search what people wrote{text.trim() !== '' && <> for “{text.trim()}”</>}</span>
              </Command.Item>
            </Command.Group>
          </Command.List>
        </Command>
      )}
    </dialog>
  )
}

// Releases that this browser already holds (the board, as last read); the palette asks the server for nothing.
function useKnownReleases(): Entry[] {
  const client = useQueryClient()
  const found = new Map<string, Entry>()
  for (const [, data] of client.getQueriesData({ queryKey: ['board'] })) {
    if (!isBoardView(data)) continue
    for (const row of data.groups.flatMap((g) => g.rows)) {
      found.set(row.id, { key: row.id, group: 'Releases', name: `${row.modelName} ${row.versionLabel}`, note: row.code, words: row.environmentName, go: `/releases/${row.code}` })
    }
  }
  return [...found.values()]
}
