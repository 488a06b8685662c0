/** Finds where in an aggregate a text stands, so that a hit of the search can say what it is and link to the exact place. */
import type { CheckInState } from '@/lib/domain/check-in/state'
import type { ReleaseState } from '@/lib/domain/release/state'

export interface Place {
  /** What the text is: "Decision D-7", "Note on 5.3 Load test". */
  readonly label: string
  readonly href: string
}

type Path = readonly string[]

/** The way to a seal inside of a state, or null when the state no longer holds it. */
export function pathTo(value: unknown, seal: string): Path | null {
  return stepsTo(value, seal)?.reverse() ?? null
}

/** The same from the seal outwards: a search walks through dozens of whole states, so a step is written down only where it led somewhere. */
function stepsTo(value: unknown, seal: string): string[] | null {
  if (typeof value !== 'object' || value === null) return null
  if ('sealed' in value && value.sealed === seal) return []
  for (const [name, part] of Object.entries(value)) {
    if (typeof part !== 'object' || part === null) continue
    const found = stepsTo(part, seal)
    if (found) {
      found.push(name)
      return found
    }
  }
  return null
}

const ITEM_WORDS: Readonly<Record<string, string>> = { note: 'Note', evidence: 'Evidence', waiver: 'Waiver', notApplicable: 'Not applicable' }
const GATE_WORDS: Readonly<Record<string, string>> = { signOffs: 'Sign-off', rejections: 'Rejection', reopened: 'Reopened' }

/** Where a seal stands in a release. Texts that a newer one replaced are found in the timeline. */
export function placeInRelease(state: ReleaseState, seal: string): Place {
  const base = `/releases/${encodeURIComponent(state.code)}`
  const gateHref = (gateId: string | null, itemId: string | null = null): string => (gateId === null ? base : `${base}?gate=${encodeURIComponent(gateId)}${itemId === null ? '' : `#item-${itemId}`}`)
  const gateWords = (gateId: string): string => {
    const gate = state.template.gates.find((one) => one.id === gateId)
    return gate ? `gate ${gate.number} ${gate.name}` : 'a gate'
  }
  const [area = '', key = '', part = ''] = pathTo(state, seal) ?? []
  const index = Number(key)
  switch (area) {
    case 'decisions': {
      const decision = state.decisions[index]
      return { label: `Decision D-${decision?.number ?? '?'}`, href: `${base}/decisions/${decision?.number ?? ''}` }
    }
    case 'items': {
      const item = state.items[key]
      return { label: `${ITEM_WORDS[part] ?? 'On'} ${part in ITEM_WORDS ? 'on ' : ''}${key} ${item?.title ?? ''}`.trim(), href: gateHref(item?.gateId ?? null, key) }
    }
    case 'gates': return { label: `${GATE_WORDS[part] ?? 'Text'} at ${gateWords(key)}`, href: gateHref(key) }
    case 'comments': {
      const comment = state.comments[index]
      return { label: comment?.gateId ? `Comment at ${gateWords(comment.gateId)}` : 'Comment', href: gateHref(comment?.gateId ?? null, comment?.itemId ?? null) }
    }
    case 'documents': return { label: 'Document', href: gateHref(state.documents[index]?.gateId ?? null, state.documents[index]?.itemId ?? null) }
    case 'actions': return { label: 'Action', href: `${base}#actions` }
    case 'rollBack': return { label: 'Roll-back', href: base }
    case 'rollbackPlan': return { label: 'Roll-back plan', href: base }
    case 'feedback': return { label: 'Feedback loop', href: base }
    case 'hold': return { label: 'Hold', href: base }
    case '': return { label: 'Earlier text', href: `${base}/timeline` }
    default: return { label: 'Release', href: base }
  }
}

/** Where a seal stands in a check-in. */
export function placeInCheckIn(state: CheckInState, seal: string): Place {
  const [area = '', , part = ''] = pathTo(state, seal) ?? []
  const words = area === 'minutes' ? 'Minutes' : area === 'addenda' ? 'Addendum' : area === 'topics' ? (part === 'note' ? 'Notes' : 'Topic') : area === 'actions' || area === 'taken' ? 'Action' : area === 'cancelled' ? 'Cancelled' : 'Check-in'
  return { label: words, href: `/check-ins/${state.id}` }
}
