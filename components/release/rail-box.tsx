'use client'
/** The rail with names, as the switch between gates: each gate is a link, and the keys j and k walk along it. */
import { useEffect, useRef, type MouseEvent } from 'react'
import { ReleaseRail } from '@/components/gate/release-rail'
import { useStage } from '@/components/release/stage'
import { Kbd } from '@/components/ui/small'

/** Follows a link of the rail without loading the page anew; with a modifier it stays an ordinary link. */
export function RailBox() {
  const { view, gateId, select } = useStage()
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    // On a small screen the rail scrolls inside of itself: the gate that is looked at comes into its middle, and the page stays where it is.
    const mark = box.current?.querySelector('a[aria-current="true"]')?.getBoundingClientRect()
    for (const part of box.current?.querySelectorAll('.overflow-x-auto') ?? []) {
      const room = part.getBoundingClientRect()
      if (mark) part.scrollLeft += mark.x + mark.width / 2 - room.x - room.width / 2
    }
  }, [gateId])
  const follow = (event: MouseEvent<HTMLElement>) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0 || !(event.target instanceof Element)) return
    const id = new URLSearchParams(event.target.closest('a')?.getAttribute('href') ?? '').get('gate')
    if (id === null) return
    event.preventDefault()
    select(id)
  }
  const at = view.gates.findIndex((gate) => gate.id === gateId)
  const before = view.gates[at - 1]
  const after = view.gates[at + 1]
  return (
    <section ref={box} aria-label="Gates" className="mb-4 rounded-surface border border-line bg-surface px-2 py-3 md:px-4" onClick={follow}>
      <ReleaseRail model={view.rail} currentGateId={gateId} hrefOf={(gate) => `?gate=${encodeURIComponent(gate.id)}`} />
      <p className="mt-2 flex justify-between gap-4 px-2 text-12 text-ink-2 md:hidden">
        {before ? <a href={`?gate=${encodeURIComponent(before.id)}`} className="py-1">← {before.number} {before.shortName}</a> : <span />}
        {after && <a href={`?gate=${encodeURIComponent(after.id)}`} className="py-1">{after.number} {after.shortName} →</a>}
      </p>
      <p className="sr-only">Keys: <Kbd>j</Kbd> next gate, <Kbd>k</Kbd> previous gate.</p>
    </section>
  )
}
