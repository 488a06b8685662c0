/** The places of the product in the order of the navigation; the palette and the sidebar read the same list. */

export interface Place {
  readonly href: string
  readonly name: string
  /** Further words by which the palette finds it. */
  readonly words?: string
}

export const MAIN_PLACES: readonly Place[] = [
  { href: '/', name: 'Board', words: 'releases in flight home' },
  { href: '/my-work', name: 'My work', words: 'waiting on me mine' },
  { href: '/check-ins', name: 'Check-ins', words: 'meeting agenda minutes' },
  { href: '/calendar', name: 'Calendar', words: 'month series holidays freeze target date subscribe ical' },
  { href: '/decisions', name: 'Decisions', words: 'go no-go record' },
  { href: '/live', name: 'Live', words: 'watch production at risk review record alerts' },
  { href: '/insights', name: 'Where time goes', words: 'insights lead time waiting forecast change failure trend' },
  { href: '/models', name: 'Models', words: 'versions registry' },
  { href: '/environments', name: 'Environments', words: 'production staging freeze' },
]

export const LOWER_PLACES: readonly Place[] = [
  { href: '/status', name: 'Status page', words: 'public' },
  { href: '/settings', name: 'Settings', words: 'people templates sources notifications slack teams webhook tokens policy' },
]

/** Whether the address lies in the place. */
export function isInPlace(pathname: string, place: Place): boolean {
  if (place.href === '/') return pathname === '/' || pathname.startsWith('/releases')
  return pathname === place.href || pathname.startsWith(`${place.href}/`)
}
