/** The places of the product in the order of the navigation; the palette and the sidebar read the same list, so it holds no more than both need. */

export interface Place {
  readonly href: string
  readonly name: string
}

export const MAIN_PLACES: readonly Place[] = [
  { href: '/', name: 'Board' },
  { href: '/my-work', name: 'My work' },
  { href: '/check-ins', name: 'Check-ins' },
  { href: '/calendar', name: 'Calendar' },
  { href: '/decisions', name: 'Decisions' },
  { href: '/live', name: 'Live' },
  { href: '/insights', name: 'Where time goes' },
  { href: '/models', name: 'Models' },
  { href: '/environments', name: 'Environments' },
]

export const LOWER_PLACES: readonly Place[] = [
  { href: '/status', name: 'Status page' },
  { href: '/settings', name: 'Settings' },
]

/** A decision has its permanent address below its release, and is looked for among decisions. */
const DECISION = /^\/releases\/[^/]+\/decisions\//

/** Whether the address lies in the place. */
export function isInPlace(pathname: string, place: Place): boolean {
  if (DECISION.test(pathname)) return place.href === '/decisions'
  if (place.href === '/') return pathname === '/' || pathname.startsWith('/releases')
  return pathname === place.href || pathname.startsWith(`${place.href}/`)
}
