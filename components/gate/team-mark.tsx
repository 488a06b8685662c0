/** A team as a shape without colour, with its name beside it or read out. */
import type { TeamShape } from '@/lib/domain/rail'
import { TEAM_PATHS } from '@/lib/domain/team-paths'

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
      <path d={TEAM_PATHS[shape]} fill="currentColor" />
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
