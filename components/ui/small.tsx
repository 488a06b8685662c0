/** The smallest parts: keys, chips, tabs, empty states, skeletons, avatars, the saving note. */
import { AppLink } from '@/components/ui/app-link'
import type { ReactNode } from 'react'
import { classes } from '@/components/ui/class-names'
import { initials } from '@/lib/domain/format'

/** A key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="rounded-[4px] border border-current/30 px-1 text-11 font-medium text-ink-3">{children}</kbd>
}

/** A quiet fact in a frame. */
export function Chip({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return <span className={classes('inline-flex h-6 items-center gap-1 rounded-control border border-line bg-surface px-2 text-12 whitespace-nowrap text-ink-2', className)}>{children}</span>
}

/** A filter that is a link: the URL holds the state. */
export function FilterChip({ href, isOn, count, children }: { href: string; isOn: boolean; count?: number; children: ReactNode }) {
  return (
    <AppLink
      href={href}
      replace
      scroll={false}
     
      aria-current={isOn ? 'true' : undefined}
      className={classes('inline-flex h-7 shrink-0 items-center gap-2 rounded-control border px-2 text-12 whitespace-nowrap hover:bg-sunken', isOn ? 'border-ink bg-surface font-medium text-ink' : 'border-line bg-surface text-ink-2')}
    >
      {children}
      {count !== undefined && <span className="text-ink-3">{count}</span>}
    </AppLink>
  )
}

/** On a phone the row is wider than the screen: it begins where the current tab is in sight. */
function showCurrent(nav: HTMLElement | null): void {
  const current = nav?.querySelector<HTMLElement>('[aria-current]')
  if (nav && current) nav.scrollLeft = current.offsetLeft - nav.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2
}

/** Tabs that are links, so that each has an address. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly { href: string; label: ReactNode; count?: number; isOn: boolean }[] }) {
  return (
    <nav ref={showCurrent} aria-label={label} className="flex gap-4 overflow-x-auto border-b border-line">
      {tabs.map((t) => (
        <AppLink key={t.href} href={t.href} aria-current={t.isOn ? 'page' : undefined} className={classes('-mb-px flex gap-1 border-b-2 py-2 whitespace-nowrap', t.isOn ? 'border-ink font-medium text-ink' : 'border-transparent text-ink-2 hover:text-ink')}>
          {t.label}
          {t.count !== undefined && <span className="font-normal text-ink-3">{t.count}</span>}
        </AppLink>
      ))}
    </nav>
  )
}

/** What stands where nothing is: what it is for, and what to do next. */
export function EmptyState({ title, children, action }: { title: ReactNode; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-2 px-6 py-8">
      <p className="text-16 font-medium">{title}</p>
      {children && <div className="max-w-prose text-ink-2">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap gap-2">{action}</div>}
    </div>
  )
}

/** The shape of something that is on its way. In: classes that give it size. */
export function Skeleton({ className }: { className?: string | undefined }) {
  return <span aria-hidden="true" className={classes('block animate-pulse rounded-control bg-idle-bg', className ?? 'h-4 w-full')} />
}

/** A person as initials; the name stands beside it or is read out. */
export function Avatar({ name, isNameHidden = false }: { name: string; isNameHidden?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2">
      <span aria-hidden="true" className="inline-flex size-6 shrink-0 items-center justify-center rounded-full bg-idle-bg text-11 font-medium text-ink-2">{initials(name)}</span>
      <span className={isNameHidden ? 'sr-only' : undefined}>{name}</span>
    </span>
  )
}

/** Says that something is being saved, until it is committed. Keep it mounted, so that readers announce the change. */
export function Saving({ state }: { state: 'idle' | 'saving' | 'saved' }) {
  return <span role="status" className="text-12 text-ink-3">{state === 'saving' ? 'Saving…' : state === 'saved' ? 'Saved' : ''}</span>
}
