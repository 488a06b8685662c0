/** The frame of every page behind the sign-in: navigation beside it, notes over it, a way past the navigation for the keyboard. */
import type { ReactNode } from 'react'
import { Sidebar, TopBar } from '@/components/shell/sidebar'
import { Toasts } from '@/components/shell/toasts'
import type { ShellView } from '@/lib/domain/shell'

/** In: who looks and the counts beside the places; the page. */
export function Frame({ view, children }: { view: ShellView; children: ReactNode }) {
  return (
    <div className="md:flex">
      <a href="#content" className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-control focus:bg-ink focus:px-3 focus:py-2 focus:text-paper">Skip to the page</a>
      <TopBar view={view} />
      <Sidebar view={view} />
      <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-4 pt-4 pb-12 outline-none md:px-7 md:pt-5">
        <div className="max-w-330">{children}</div>
      </main>
      <Toasts />
    </div>
  )
}
