/** Reads the code spans behind a line of an exported checklist: its kind, tier, owner and tests. */
import { teamsNamed, type Known } from './owners'
import { RUBRIC_CODES, TIERS, type RubricCode, type Tier, type ValueAsk } from './template'

/** What a line asks for. */
export type LineKind = 'check' | 'evidence' | 'value' | 'metric' | 'computed'

export interface Marks {
  readonly kind: LineKind
  readonly value: ValueAsk | null
  readonly minTier: Tier
  readonly isOptional: boolean
  readonly mayNotApply: boolean
  readonly owner: string | null
  readonly rubric: readonly RubricCode[]
}

/** Code spans behind a title, where all of them are marks of ours; else null, and they are part of the title. */
export function markedBy(marks: readonly string[], known: Known): Marks | null {
  if (marks.length === 0) return null
  let read: Marks = { kind: 'check', value: null, minTier: 'low', isOptional: false, mayNotApply: false, owner: null, rubric: [] }
  for (const mark of marks) {
    const tier = TIERS.find((one) => mark === `from ${one}`)
    const value = /^value: (?:record ?(.*)|(at most|at least) (…|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?) ?(.*))$/u.exec(mark)
    const owner = /^owner: (.+)$/u.exec(mark)
    const codes = mark.split(' ').map((one) => RUBRIC_CODES.find((code) => code === one))
    if (tier) read = { ...read, minTier: tier }
    else if (mark === 'evidence' || mark === 'check') read = { ...read, kind: mark }
    else if (mark === 'optional') read = { ...read, isOptional: true }
    else if (mark === 'may not apply') read = { ...read, mayNotApply: true }
    else if (value) read = { ...read, kind: 'value', value: { unit: (value[2] ? value[4] : value[1]) ?? '', target: value[2] && value[3] !== '…' ? Number(value[3]) : null, direction: value[2] === undefined ? 'record' : value[2] === 'at most' ? 'at-most' : 'at-least' } }
    else if (/^metric(: .*)?$/u.test(mark)) read = { ...read, kind: 'metric' }
    else if (/^computed: /u.test(mark)) read = { ...read, kind: 'computed' }
    else if (owner?.[1]) read = { ...read, owner: teamsNamed(owner[1], known).teams[0] ?? null }
    else if (codes.every((one) => one !== undefined)) read = { ...read, rubric: codes }
    else return null
  }
  return read
}
