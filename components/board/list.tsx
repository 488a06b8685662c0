'use client'
/** The groups of rows as one list that draws only what is near the window when it is long; j, k and Enter walk it. */
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { ComingRow, ReleaseRow } from '@/components/board/row'
import type { RailFrames } from '@/lib/domain/board-rail'
import { rowsIn, type BoardGroup, type BoardRow } from '@/lib/domain/board'

const VIRTUAL_FROM = 60
/** Rows that the first HTML holds complete. */
const FIRST_ROWS = 30
const ROW_PX = 92
const HEADING_PX = 52

type Item =
  | { readonly kind: 'heading'; readonly key: string; readonly title: string; readonly count: number }
  | { readonly kind: 'coming'; readonly key: string; readonly isFirst: boolean; readonly isLast: boolean }
  | { readonly kind: 'row'; readonly key: string; readonly row: BoardRow; readonly isFirst: boolean; readonly isLast: boolean }

function itemsOf(groups: readonly BoardGroup[]): Item[] {
  return groups.flatMap((group): Item[] => {
    const count = rowsIn(group)
    return [
      { kind: 'heading', key: `heading-${group.key}`, title: group.title, count },
      ...group.rows.map((row, i): Item => ({ kind: 'row', key: row.id, row, isFirst: i === 0, isLast: i === count - 1 })),
      ...Array.from({ length: group.hidden ?? 0 }, (_, i): Item => ({ kind: 'coming', key: `coming-${group.key}-${i}`, isFirst: group.rows.length + i === 0, isLast: group.rows.length + i === count - 1 })),
    ]
  })
}

/** All rows up to 60, else those near the window with room above and below for the rest. */
export function BoardList({ groups, frames }: { groups: readonly BoardGroup[]; frames: RailFrames }) {
  const items = useMemo(() => itemsOf(groups), [groups])
  const rowCount = groups.reduce((sum, g) => sum + rowsIn(g), 0)
  return <div className="@container">{rowCount > VIRTUAL_FROM ? <NearRows items={items} frames={frames} /> : <AllRows items={items} frames={frames} />}</div>
}

interface ItemsProps {
  items: readonly Item[]
  frames: RailFrames
}

function AllRows({ items, frames }: ItemsProps) {
  const list = useRef<HTMLDivElement>(null)
  useRowKeys(items, (id) => list.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus())
  return <div ref={list}>{items.map((item) => <ItemView key={item.key} item={item} frames={frames} />)}</div>
}

function NearRows({ items, frames }: ItemsProps) {
  const list = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const wanted = useRef<string | null>(null)
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), [])
  const virtual = useWindowVirtualizer({
    count: items.length,
    estimateSize: (i) => (items[i]?.kind === 'heading' ? HEADING_PX : ROW_PX),
    getItemKey: (i) => items[i]?.key ?? i,
    overscan: 6,
    scrollMargin: top,
    // What the server draws, and the browser's first picture repeats: the first rows, complete.
    initialRect: { width: 1_200, height: FIRST_ROWS * ROW_PX },
    initialOffset: 0,
  })
  const focusRow = (id: string) => {
    const link = list.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)
    if (link) {
      link.focus({ preventScroll: true })
      link.scrollIntoView({ block: 'nearest' })
      return
    }
    wanted.current = id
    virtual.scrollToIndex(items.findIndex((item) => item.key === id), { align: 'center' })
  }
  useRowKeys(items, focusRow)
  // A row that was out of sight is focused once it is drawn.
  useEffect(() => {
    if (wanted.current === null) return
    const link = list.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(wanted.current)}"]`)
    if (!link) return
    wanted.current = null
    link.focus({ preventScroll: true })
  })
  const near = virtual.getVirtualItems()
  const before = (near[0]?.start ?? top) - top
  const after = virtual.getTotalSize() - ((near.at(-1)?.end ?? top) - top)
  return (
    <div ref={list} style={{ paddingTop: Math.max(0, before), paddingBottom: Math.max(0, after), overflowAnchor: 'none' }}>
      {near.map((place) => {
        const item = items[place.index]
        return item && (
          <div key={item.key} data-index={place.index} ref={virtual.measureElement}>
            <ItemView item={item} frames={frames} />
          </div>
        )
      })}
    </div>
  )
}

function ItemView({ item, frames }: { item: Item; frames: RailFrames }) {
  if (item.kind === 'row') return <ReleaseRow row={item.row} frames={frames} isFirst={item.isFirst} isLast={item.isLast} />
  if (item.kind === 'coming') return <ComingRow isFirst={item.isFirst} isLast={item.isLast} />
  return (
    <div className="flex h-13 items-end gap-2 px-1 pb-2">
      <h2 className="text-13">{item.title}</h2>
      <span className="text-ink-3">{item.count}</span>
    </div>
  )
}

/** Walks the rows by j and k, wherever the focus is outside of a field; Enter on a focused row is the link's own. */
function useRowKeys(items: readonly Item[], focusRow: (id: string) => void): void {
  const latest = useRef({ items, focusRow })
  useEffect(() => {
    latest.current = { items, focusRow }
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.key !== 'j' && event.key !== 'k') || event.metaKey || event.ctrlKey || event.altKey) return
      const { target } = event
      if (target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, dialog') !== null)) return
      const ids = latest.current.items.flatMap((item) => (item.kind === 'row' ? [item.row.id] : []))
      const focused = document.activeElement instanceof HTMLElement ? ids.indexOf(document.activeElement.dataset['row'] ?? '') : -1
      const next = focused === -1 ? 0 : event.key === 'j' ? Math.min(focused + 1, ids.length - 1) : Math.max(focused - 1, 0)
      const id = ids[next]
      if (id === undefined) return
      event.preventDefault()
      latest.current.focusRow(id)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
