/** The page around everything that is shown before somebody is signed in: one calm surface with the product's name. */
import type { ReactNode } from 'react'
import { BrandName } from '@/components/gate/brand'

/** In: the heading, the sentence below it, and the form. */
export function OutsideFrame({ title, lead, children }: { title: string; lead: ReactNode; children?: ReactNode }) {
  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <div className="w-full max-w-md">
        <BrandName className="mb-3" />
        <section className="rounded-surface border border-line bg-surface p-6">
          <h1 className="text-20">{title}</h1>
          <p className="mt-1 mb-4 text-ink-2">{lead}</p>
          {children}
        </section>
      </div>
    </main>
  )
}
