'use client'
/** The shape of panels that are on their way, of the size that they will have; says so when the source takes long. */
import { useEffect, useState } from 'react'
import { classes } from '@/components/ui/class-names'
import { Skeleton } from '@/components/ui/small'
import { Surface } from '@/components/ui/surface'

const LONG_MS = 4000

interface WaitingProps {
  titles: readonly string[]
  isError: boolean
  /** Of the grid. */
  className: string
  /** Height of the chart's place. */
  chart?: string
}

export function Waiting({ titles, isError, className, chart = 'h-16' }: WaitingProps) {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS)
    return () => clearTimeout(timer)
  }, [])
  const words = isError ? 'The metrics could not be read. They are tried again in a moment.' : isLong ? 'The metrics source takes long to answer. Everything else on this page works.' : 'Reading the metrics…'
  return (
    <section aria-label="Metrics" aria-busy={!isError}>
      <p role="status" className="mb-2 flex min-h-7 items-center text-12 text-ink-2">{words}</p>
      <div className={classes('grid gap-3', className)}>
        {titles.map((title, at) => (
          <Surface key={at} className="flex flex-col px-3 pt-3 pb-2">
            <h3 className="min-h-5 truncate text-12 font-normal text-ink-2">{title}</h3>
            <Skeleton className="my-1 h-5 w-20" />
            <div className={chart} />
            <div className="h-5" />
          </Surface>
        ))}
      </div>
    </section>
  )
}
