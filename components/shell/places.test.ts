/** Which place of the sidebar an address lies in: one, or none. */
import { expect, it } from 'vitest'
import { isInPlace, LOWER_PLACES, MAIN_PLACES } from './places'

it.each([
  ['/', '/'], ['/releases/FRAUD-5', '/'], ['/releases/FRAUD-5/timeline', '/'], ['/releases/FRAUD-5/decisions/61', '/decisions'], ['/decisions', '/decisions'],
  ['/models/fraud-scorer', '/models'], ['/modelsx', undefined], ['/settings/teams', '/settings'], ['/elsewhere', undefined],
] as const)('%s lies in %s', (pathname, href) => {
  expect([...MAIN_PLACES, ...LOWER_PLACES].filter((place) => isInPlace(pathname, place)).map((place) => place.href)).toEqual(href === undefined ? [] : [href])
})
