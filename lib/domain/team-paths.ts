/** The marks of teams as paths in a box of twelve by twelve, so that screens and drawings on the server share them. */
import type { TeamShape } from '@/lib/domain/rail'

export const TEAM_PATHS: Readonly<Record<TeamShape, string>> = {
  diamond: 'M6 0L12 6L6 12L0 6Z',
  disc: 'M6 .3a5.7 5.7 0 1 0 0 11.4a5.7 5.7 0 1 0 0-11.4Z',
  square: 'M.8.8h10.4v10.4H.8Z',
  triangle: 'M6 .8L11.8 11H.2Z',
  hexagon: 'M6 0L11.2 3V9L6 12L.8 9V3Z',
  pentagon: 'M6 .2L11.8 4.5L9.6 11.5H2.4L.2 4.5Z',
  star: 'M6 0L7.7 4.1L12 4.5L8.7 7.4L9.7 11.8L6 9.4L2.3 11.8L3.3 7.4L0 4.5L4.3 4.1Z',
}
