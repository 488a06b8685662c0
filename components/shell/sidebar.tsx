'use client'
/** The navigation: a column beside the page, and below 768 px a bar with a menu that opens over it. */
import { notifyManager, useQueryClient } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { useCallback, useRef, useSyncExternalStore } from 'react'
import { Brand } from '@/components/gate/brand'
import { TeamMark } from '@/components/gate/team-mark'
import { PaletteButton } from '@/components/shell/palette-button'
import { isInPlace, LOWER_PLACES, MAIN_PLACES, type Place } from '@/components/shell/places'
import { ThemeToggle } from '@/components/shell/theme-toggle'
import { AppLink } from '@/components/ui/app-link'
import { classes } from '@/components/ui/class-names'
import { Time } from '@/components/ui/time'
import { boardQuery } from '@/lib/client/board'
import { workQuery } from '@/lib/client/queries'
import type { ShellView } from '@/lib/domain/shell'

/** The column. */
export function Sidebar({ view }: { view: ShellView }) {
  return (
    <aside className="sticky top-0 hidden h-dvh w-53 shrink-0 flex-col overflow-y-auto border-r border-line bg-sunken px-3 py-4 md:flex">
      <AppLink href="/" className="flex items-center gap-2 px-2 pt-1 pb-4 text-14 font-semibold tracking-tight">
        <Brand />
        Gatehouse
      </AppLink>
      <Places view={view} />
    </aside>
  )
}

/** The bar at the top of a small screen. */
export function TopBar({ view }: { view: ShellView }) {
  const menu = useRef<HTMLDivElement>(null)
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-2 border-b border-line bg-paper px-4 md:hidden">
      <AppLink href="/" className="flex items-center gap-2 text-14 font-semibold tracking-tight">
        <Brand />
        Gatehouse
      </AppLink>
      <div className="ml-auto flex items-center gap-2">
        <PaletteButton isShort />
        <button type="button" popoverTarget="places" className="h-8 rounded-control border border-line-strong bg-surface px-3 font-medium">Menu</button>
      </div>
      <div ref={menu} id="places" popover="auto" className="inset-auto top-14 right-3 m-0 w-64 rounded-surface border border-line bg-surface p-3 text-ink shadow-float open:flex open:flex-col">
        <Places view={view} onGo={() => menu.current?.hidePopover()} />
      </div>
    </header>
  )
}

function Places({ view, onGo }: { view: ShellView; onGo?: () => void }) {
  const pathname = usePathname()
  const { viewer } = view
  const team = viewer.teams[0]
  const notes = useFreshNotes(view.notes)
  return (
    <nav aria-label="Main" className="flex min-h-0 flex-1 flex-col gap-px">
      {MAIN_PLACES.map((p) => <PlaceLink key={p.href} place={p} note={notes[p.href]} isOn={isInPlace(pathname, p)} onGo={onGo} />)}
      <span className="min-h-6 flex-1" />
      {LOWER_PLACES.map((p) => <PlaceLink key={p.href} place={p} note={notes[p.href]} isOn={isInPlace(pathname, p)} onGo={onGo} />)}
      <AppLink href="/settings/account" onClick={onGo} aria-current={pathname === '/settings/account' ? 'page' : undefined} className="flex h-8 items-center gap-2 rounded-control px-2 text-ink-2 hover:text-ink">
        {team && <TeamMark shape={team.shape} name={team.name} isDecoration />}
        <span className="min-w-0 truncate">{viewer.name}</span>
        <span className="ml-auto text-11 text-ink-3">{viewer.role}</span>
      </AppLink>
      <ThemeToggle />
    </nav>
  )
}

function PlaceLink({ place, note, isOn, onGo }: { place: Place; note: ShellView['notes'][string] | undefined; isOn: boolean; onGo: (() => void) | undefined }) {
  const look = classes('flex h-8 items-center justify-between gap-2 rounded-control px-2', isOn ? 'bg-surface font-medium text-ink ring-1 ring-line' : 'text-ink-2 hover:text-ink')
  return (
    <AppLink href={place.href} onClick={onGo} aria-current={isOn ? 'page' : undefined} className={look}>
      {place.name}
      {place.href === '/status' && <span className="text-11 text-ink-3">public</span>}
      {note !== undefined && (
        <span className="text-11 font-normal text-ink-3">{typeof note === 'object' ? <Time at={note.at} as="moment" /> : note}</span>
      )}
    </AppLink>
  )
}

// What this browser has read since the frame was made is newer than the frame. It only listens to the cache: a query that the frame
// itself had begun would keep the page's own data, which comes with the page, from being taken in while the server renders.
function useFreshNotes(notes: ShellView['notes']): ShellView['notes'] {
  const client = useQueryClient()
  const subscribe = useCallback((tell: () => void) => client.getQueryCache().subscribe(notifyManager.batchCalls(tell)), [client])
  const board = useSyncExternalStore(subscribe, () => client.getQueryData(boardQuery({}).queryKey)?.total, () => undefined)
  const work = useSyncExternalStore(subscribe, () => client.getQueryData(workQuery().queryKey)?.total, () => undefined)
  return { ...notes, ...(board === undefined ? {} : { '/': board }), ...(work === undefined ? {} : { '/my-work': work }) }
}
