'use client'
/** Minutes and seconds that run: of the meeting and of a topic. Nothing is read out as it runs. */
import { useEffect, useState } from 'react'
import { useNow } from '@/components/ui/clock'

/** Epoch milliseconds, each second; while hydrating the server's now. */
export function useSeconds(isRunning: boolean): number {
  const first = useNow()
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [isRunning])
  return Math.max(first, now ?? 0)
}

/** "4:10", "1:04:10". In: milliseconds. */
export function timerText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(seconds / 3_600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** Time that adds up: what was counted before, and what runs since. */
export function Timer({ spentMs = 0, since, limitMs, className }: { spentMs?: number; since: string | null; limitMs?: number; className?: string }) {
  const now = useSeconds(since !== null)
  const ms = spentMs + (since === null ? 0 : Math.max(0, now - Date.parse(since)))
  const isOver = limitMs !== undefined && ms > limitMs
  return <span role="timer" aria-live="off" className={className}><span className={isOver ? 'text-waiting' : undefined}>{timerText(ms)}</span>{isOver && <span className="sr-only"> over time</span>}</span>
}
