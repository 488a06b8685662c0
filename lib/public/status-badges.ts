/** Makes the badges of the status page: one per published model and environment, as a picture and as the endpoint that shields.io reads. */
import { makeBadge } from 'badge-maker'
import { cut, oneLine } from '@/lib/domain/message/cut'
import { PUBLIC_STATE_TEXT, type PublicComponent, type PublicState } from '@/lib/domain/status/status'

// The state colours of the light theme, dark enough for white words.
const COLOURS: Readonly<Record<PublicState, string>> = {
  'stable': '#17734f', 'at-risk': '#a8420a', 'rolling-back': '#bd2a2a', 'unmeasured': '#5f5b52', 'nothing-live': '#5f5b52',
}
const UNSAID = '#5f5b52'
/** Longer names would make a badge wider than the page that it stands on. */
const LABEL_LIMIT = 60
const VERSION_LIMIT = 30

interface Words {
  readonly label: string
  readonly message: string
  readonly color: string
}

function short(text: string, limit: number): string {
  return cut(oneLine(text), limit, (piece) => piece)
}

function wordsOf({ name, environment, version, state }: PublicComponent): Words {
  const said = [version === null ? null : short(version, VERSION_LIMIT), state === null ? null : PUBLIC_STATE_TEXT[state].label.toLowerCase()].filter((part) => part !== null)
  return { label: short(environment === null ? name : `${name} · ${environment}`, LABEL_LIMIT), message: said.join(', ') || 'published', color: state === null ? UNSAID : COLOURS[state] }
}

/** The picture. Out: SVG with a title for screen readers; words are escaped by its maker. */
export function badgeSvg(component: PublicComponent): string {
  return makeBadge({ ...wordsOf(component), style: 'flat', idSuffix: component.id })
}

/** What shields.io asks for (shields.io/badges/endpoint-badge); it refuses keys that it does not know. */
export function badgeShields(component: PublicComponent): object {
  return { schemaVersion: 1, ...wordsOf(component), isError: component.state === 'rolling-back', cacheSeconds: 300 }
}
