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
  /** Of the grid of small panels. */
  className?: string
  /** With axes, and the time line above them. */
  isLarge?: boolean
}

export function Waiting({ titles, isError, className = '', isLarge = false }: WaitingProps) {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS)
    return () => clearTimeout(timer)
  }, [])
  const words = isError ? 'The metrics could not be read. They are tried again in a moment.' : isLong ? 'The metrics source takes long to answer. Everything else on this page works.' : 'Reading the metrics…'
  const note = <p role="status" className="text-12 text-ink-2">{words}</p>
  return (
    <div aria-busy={!isError}>
      {isLarge && <Surface className="mb-3 flex h-16 items-center px-4">{note}</Surface>}
      <div className={classes('grid gap-3', isLarge ? (titles.length > 1 ? 'grid-cols-1 lg:grid-cols-2' : '') : className)}>
        {titles.map((title, at) => (
          <Surface key={at} className={isLarge ? 'px-4 pt-3 pb-2' : 'px-3 pt-3 pb-2'}>
            <h3 className="min-h-5 truncate text-12 font-normal text-ink-2">{title}</h3>
            <Skeleton className="my-1 h-5 w-20" />
            <div className={isLarge ? 'h-55' : 'h-16'} />
            <div className="h-5" />
          </Surface>
        ))}
      </div>
      {!isLarge && <div className="mt-1">{note}</div>}
    </div>
  )
}
