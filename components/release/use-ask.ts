'use client'
/** Opens a question by its name; the words of the questions are loaded with the first one that is asked. */
import { useCallback } from 'react'
import type * as Asks from '@/components/release/asks'
import type { Ask } from '@/components/release/dialog-request'
import { useStage, type Stage } from '@/components/release/stage'

/** Picks one of the questions. */
export type AskPicker = (asks: typeof Asks) => Ask

/** Loads the questions and opens the one that is picked. */
export function openAsk(open: Stage['open'], pick: AskPicker): void {
  void import('@/components/release/asks').then((asks) => open({ kind: 'ask', ask: pick(asks) }))
}

/** The same for a part of the screen. */
export function useAsk(): (pick: AskPicker) => void {
  const { open } = useStage()
  return useCallback((pick) => openAsk(open, pick), [open])
}
