'use client'
/** The list, held still while a mouse points at it: contents renew in place, moves wait and are announced quietly. */
import { useMemo, useState } from 'react'
import { BoardList } from '@/components/board/list'
import { settle } from '@/components/board/settle'
import { Button } from '@/components/ui/button'
import type { RailFrames } from '@/lib/domain/board-rail'
import type { BoardGroup } from '@/lib/domain/board'
import { formatPlural } from '@/lib/domain/format'

/** In: the newest groups; `listKey` changes with the filters, which are the viewer's own move and never wait. */
export function SettledList({ groups, frames, listKey }: { groups: readonly BoardGroup[]; frames: RailFrames; listKey: string }) {
  const [held, setHeld] = useState<{ key: string; groups: readonly BoardGroup[]; frames: RailFrames } | null>(null)
  // What was only on its way comes in at once: it stands where room was kept for it.
  const isHeld = held !== null && held.key === listKey && held.groups.every((g) => !g.hidden)
  // A row that left keeps the frame of its rail as well.
  const heldFrames = isHeld ? held.frames : frames
  const known = useMemo(() => (heldFrames === frames ? frames : { ...frames, gates: { ...heldFrames.gates, ...frames.gates } }), [heldFrames, frames])
  const shown = isHeld ? settle(held.groups, groups) : { groups, changes: 0 }
  return (
    <div
      onPointerEnter={(event) => {
        if (event.pointerType === 'mouse') setHeld({ key: listKey, groups, frames })
      }}
      onPointerLeave={() => setHeld(null)}
    >
      <BoardList groups={shown.groups} frames={known} />
      <div role="status" className="pointer-events-none sticky bottom-4 z-10 flex h-0 items-end justify-center">
        {shown.changes > 0 && (
          <Button size="s" className="pointer-events-auto shadow-float" onClick={() => setHeld({ key: listKey, groups, frames })}>{formatPlural(shown.changes, 'change')}</Button>
        )}
      </div>
    </div>
  )
}
