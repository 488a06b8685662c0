/** A team as a shape without colour, with its name beside it or read out. */
import type { TeamShape } from '@/lib/domain/rail'

const PATHS: Record<TeamShape, string> = {
  diamond: 'M6 0L12 6L6 12L0 6Z',
  disc: 'M6 .3a5.7 5.7 0 1 0 0 11.4a5.7 5.7 0 1 0 0-11.4Z',
  square: 'M.8.8h10.4v10.4H.8Z',
  triangle: 'M6 .8L11.8 11H.2Z',
  hexagon: 'M6 0L11.2 3V9L6 12L.8 9V3Z',
  pentagon: 'M6 .2L11.8 4.5L9.6 11.5H2.4L.2 4.5Z',
  star: 'M6 0L7.7 4.1L12 4.5L8.7 7.4L9.7 11.8L6 9.4L2.3 11.8L3.3 7.4L0 4.5L4.3 4.1Z',
}

interface TeamMarkProps {
  shape: TeamShape
  name: string
  /** Only the shape is drawn; the name is still read out. */
  isNameHidden?: boolean
  /** Set where the name already stands in the text beside it. */
  isDecoration?: boolean
}

/** The mark of a team. */
export function TeamMark({ shape, name, isNameHidden = false, isDecoration = false }: TeamMarkProps) {
  const svg = (
    <svg width="11" height="11" viewBox="0 0 12 12" className="shrink-0" aria-hidden="true">
      <path d={PATHS[shape]} fill="currentColor" />
    </svg>
  )
  if (isDecoration) return svg
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      {svg}
      <span className={isNameHidden ? 'sr-only' : 'truncate'}>{name}</span>
    </span>
  )
}
