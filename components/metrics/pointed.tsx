'use client'
/** What follows the instant that all charts point at: the small parts that read it, so that nothing else is drawn again. */
import { useSyncExternalStore } from 'react'
import { formatExact } from '@/lib/domain/format'
import type { PanelMark } from '@/lib/domain/preset/panel-view'
import type { Cursor } from './cursor'

/** The instant that is pointed at, unix seconds; `null` while none is. */
export function useInstant(cursor: Cursor): number | null {
  return useSyncExternalStore(cursor.subscribe, cursor.at, () => null)
}

/** The time of day with seconds, "14:00:03". */
export function clockText(at: number, zone: string): string {
  return /\d\d:\d\d:\d\d/.exec(formatExact(at * 1000, zone))?.[0] ?? ''
}

/** What happened at an instant, or so near to it that the line is under the pointer. */
export function marksNear(marks: readonly PanelMark[], at: number, from: number, to: number): readonly PanelMark[] {
  const reach = (to - from) * 0.012
  return marks.filter((mark) => Math.abs(mark.at - at) <= reach)
}
