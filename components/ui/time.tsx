'use client'
/** Instants and durations as a person says them, with the exact one on hover; the release's zone beside the viewer's where they differ. */
import { useNow, useZone } from '@/components/ui/clock'
import { formatClock, formatDay, formatDuration, formatExact, formatMoment, formatRelative } from '@/lib/domain/format'

interface TimeProps {
  /** ISO instant. */
  at: string
  /** `relative` "38 min ago", `moment` "today 14:00", `day` "Wed 25 Nov", `exact`. */
  as?: 'relative' | 'moment' | 'day' | 'exact'
  /** The zone of the release, shown beside the viewer's where the clocks differ. */
  releaseZone?: string | undefined
  className?: string | undefined
}

/** An instant. The exact one in the viewer's zone (and in the release's) is its title. */
export function Time({ at, as = 'relative', releaseZone, className }: TimeProps) {
  const now = useNow()
  const zone = useZone()
  const other = releaseZone !== undefined && formatExact(at, releaseZone).slice(0, 23) !== formatExact(at, zone).slice(0, 23) ? releaseZone : undefined
  const exact = other === undefined ? formatExact(at, zone) : `${formatExact(at, zone)} (${formatExact(at, other)})`
  const said =
    as === 'relative' ? formatRelative(at, now) : as === 'moment' ? formatMoment(at, now, zone) : as === 'day' ? formatDay(at, now, zone) : formatExact(at, zone)
  return (
    <time dateTime={at} title={exact} className={className}>
      {said}
      {other !== undefined && as === 'moment' && <span className="text-ink-3"> ({formatClock(at, other)} {other.split('/').at(-1)?.replaceAll('_', ' ')})</span>}
    </time>
  )
}

/** How long something has lasted since an instant, ticking: "2 d 4 h". The exact start is its title. */
export function Since({ at, className }: { at: string; className?: string | undefined }) {
  const now = useNow()
  const zone = useZone()
  const lasted = now - Date.parse(at)
  return <time dateTime={at} title={`since ${formatExact(at, zone)}`} className={className}>{lasted < 60_000 ? 'under 1 min' : formatDuration(lasted)}</time>
}
