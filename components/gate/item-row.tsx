'use client'
/** One line of a gate: its mark, what it asks and what stands against it, the next thing to do on the right; opened, everything about it. */
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { ItemAside } from '@/components/gate/item-aside'
import { ItemFacts } from '@/components/gate/item-facts'
import { Mark } from '@/components/gate/mark'
import { useStage } from '@/components/release/stage'
import { classes } from '@/components/ui/class-names'
import type { GateView, ItemView } from '@/lib/domain/release/view'

const ItemDetail = lazy(() => import('@/components/gate/item-detail').then((m) => ({ default: m.ItemDetail })))

const BUSY_GATES = new Set<GateView['status']>(['waiting', 'failed', 'stale', 'rejected'])

function tint(item: ItemView, gate: GateView): string | undefined {
  if (item.isSettled || !BUSY_GATES.has(gate.status)) return undefined
  if (item.status === 'failed') return 'bg-failed-bg'
  return item.kind === 'metric' || item.kind === 'computed' ? undefined : 'bg-waiting-bg'
}

/** In: the item and its gate. The address `#item-5.3` opens it. */
export function ItemRow({ item, gate }: { item: ItemView; gate: GateView }) {
  const [isOpen, setOpen] = useState(false)
  const row = useRef<HTMLLIElement>(null)
  const { view } = useStage()
  const anchor = `item-${item.id}`
  useEffect(() => {
    const follow = () => {
      if (window.location.hash !== `#${anchor}`) return
      setOpen(true)
      row.current?.scrollIntoView({ block: 'center' })
    }
    follow()
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [anchor])
  return (
    <li ref={row} id={anchor} className={classes('scroll-mt-16 border-b border-line', view.end === null && tint(item, gate))}>
      <div className="grid grid-cols-[20px_minmax(0,1fr)] items-center gap-x-3 gap-y-1 px-4 py-3 sm:grid-cols-[20px_minmax(0,1fr)_auto]">
        <Mark state={item.mark} size={18} label={true} />
        <h3 className="min-w-0 font-medium tracking-normal">
          <button type="button" aria-expanded={isOpen} aria-controls={`${anchor}-detail`} onClick={() => setOpen(!isOpen)} className="text-left break-words hover:underline hover:decoration-line-strong hover:underline-offset-2">
            {item.id} {item.title}
          </button>
          {!item.isRequired && <span className="font-normal text-ink-2"> · optional</span>}
        </h3>
        <div className="col-start-2 flex flex-wrap items-center justify-start gap-2 sm:col-start-3 sm:row-start-1 sm:justify-end"><ItemAside item={item} /></div>
        <ItemFacts item={item} />
      </div>
      {isOpen && <Suspense fallback={<p className="px-12 pb-4 text-ink-2">Opening…</p>}><ItemDetail id={`${anchor}-detail`} item={item} gate={gate} /></Suspense>}
    </li>
  )
}
