/** What of the encrypted values no present secret opens, in words: the same at the start and in the settings. */
import { formatPlural } from '@/lib/domain/format'

/** One kind of value that cannot be read, and the way out beside giving the earlier secret back. */
export interface Unreadable {
  readonly kind: 'destination' | 'signing' | 'source' | 'subscriber' | 'checkpoint-key' | 'links'
  /** Such as "2 destinations (#ml-releases, on-call)". */
  readonly what: string
  readonly remedy: string
  /** Where it is entered again. */
  readonly href: string | null
}

/** What helps with all of them at once. */
export const RESTORE = 'Start Gatehouse with the earlier secret as GATEHOUSE_SECRET_PREVIOUS: everything is then encrypted anew, and nothing is lost. Otherwise enter the values again.'

/** In: what cannot be read, at least one. Out: one paragraph for the console. */
export function unreadableText(found: readonly Unreadable[]): string {
  return `Encrypted under another GATEHOUSE_SECRET, and unreadable now:\n${found.map(({ what, remedy }) => `  - ${what}. ${remedy}`).join('\n')}\n${RESTORE}`
}

/** In: how many, the words for one and for several, and names of some. */
export function countedNames(count: number, one: string, several: string, names: readonly string[] = []): string {
  const shown = names.slice(0, 5)
  const more = names.length > shown.length ? ', …' : ''
  return `${formatPlural(count, one, several)}${shown.length > 0 ? ` (${shown.join(', ')}${more})` : ''}`
}
