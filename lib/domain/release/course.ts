/** How a release went, kept while it goes: each turn of a gate, what was waived, the steps of its traffic, and when it was at risk; what the end state alone cannot tell. */
import type { Course, Exemption, GateTurn, TrafficMark } from './course-state'
import { isPassed } from './gate-standing'
import type { ReleaseEvent } from './events'
import type { ReleaseReading } from './phase'
import type { ReleaseState } from './state'

const NONE: Course = { turns: [], exemptions: [], traffic: [], atRisk: [] }

function turned(course: Course, reading: ReleaseReading, at: string): readonly GateTurn[] {
  const last = new Map(course.turns.map(([, gateId, status]) => [gateId, status]))
  const fresh = reading.gates.filter(({ gate, status }) => (last.get(gate.id) ?? 'later') !== status).map(({ gate, status }): GateTurn => [at, gate.id, status])
  return fresh.length === 0 ? course.turns : [...course.turns, ...fresh]
}

function exempted(course: Course, state: ReleaseState, event: ReleaseEvent): readonly Exemption[] {
  if (event.type !== 'waiver-approved' && event.type !== 'not-applicable-counter-signed') return course.exemptions
  const kind = event.type === 'waiver-approved' ? 'waiver' : 'not-applicable'
  return [...course.exemptions, { at: event.at, gateId: state.items[event.itemId]?.gateId ?? '', itemId: event.itemId, kind }]
}

function moved(course: Course, state: ReleaseState, event: ReleaseEvent): readonly TrafficMark[] {
  switch (event.type) {
    case 'rollout-started': return [...course.traffic, { at: event.at, kind: 'started', share: 0 }]
    case 'step-live': return [...course.traffic, { at: event.at, kind: 'live', share: state.steps[state.rollout?.stepIndex ?? 0]?.share ?? 0 }]
    case 'stood-down': return [...course.traffic, { at: event.at, kind: 'stood-down', share: 0 }]
    default: return course.traffic
  }
}

function risked(course: Course, reading: ReleaseReading, at: string): Course['atRisk'] {
  const open = course.atRisk.at(-1)?.[1] === null
  const isAtRisk = reading.atRisk.length > 0
  if (open === isAtRisk) return course.atRisk
  return isAtRisk ? [...course.atRisk, [at, null]] : course.atRisk.map((one) => (one[1] === null ? [one[0], at] : one))
}

/** The course after one more event. In: the course so far, the state and its reading after the event, the event. */
export function courseAfter(course: Course | undefined, state: ReleaseState, reading: ReleaseReading, event: ReleaseEvent): Course {
  const before = course ?? NONE
  return { turns: turned(before, reading, event.at), exemptions: exempted(before, state, event), traffic: moved(before, state, event), atRisk: risked(before, reading, event.at) }
}

/** The course of a state; empty where it was folded before courses were kept. */
export function courseOf(state: ReleaseState): Course {
  return state.course ?? NONE
}

/** How many of the gates before the decision were passed, as a share of 1, at each turn of that share. In: the state. Out: instants in ms with the share from then on, first the opening with 0. */
export function progressOf(state: ReleaseState): readonly (readonly [at: number, share: number])[] {
  const asked = new Set(state.template.gates.filter((gate) => gate.phase === 'before-decision').map((gate) => gate.id))
  const passed = new Set<string>()
  const steps: [number, number][] = [[Date.parse(state.openedAt), 0]]
  for (const [at, gateId, status] of courseOf(state).turns) {
    if (!asked.has(gateId)) continue
    if (isPassed({ status })) passed.add(gateId)
    else passed.delete(gateId)
    const share = passed.size / asked.size
    const last = steps.at(-1)
    const time = Date.parse(at)
    if (last && last[0] === time) last[1] = share
    else if (last?.[1] !== share) steps.push([time, share])
  }
  return steps
}
