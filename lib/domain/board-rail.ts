/** The rails of a board, written short: releases of one template share their gates, and each row says only how its marks stand. */
import type { MarkState, RailGate, RailModel, RailTeam } from '@/lib/domain/rail'

/** One gate as all releases of a template have it. */
export interface RailFrameGate {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly shortName: string
  /** The lanes in which it has a mark. */
  readonly teams: readonly string[]
}

/** What the rails of a board share. */
export interface RailFrames {
  /** All teams in the order of their lanes. */
  readonly teams: readonly RailTeam[]
  /** Gates in order, by the frame that a row names. */
  readonly gates: Readonly<Record<string, readonly RailFrameGate[]>>
}

/** The rail of one row. */
export interface RowRail {
  readonly frame: string
  /** A letter per mark (`MARK_LETTERS`), lane by lane and gate by gate. */
  readonly marks: string
  /** A 1 per gate that the path has been walked past, a 0 per other gate. */
  readonly passed: string
  /** Id of the gate that has the ball. */
  readonly ball: string | null
}

/** The letter of each state. */
export const MARK_LETTERS: Readonly<Record<MarkState, string>> = {
  passed: 'p', open: 'o', waiting: 'w', soaking: 's', stale: 't', waived: 'v', failed: 'f', risk: 'r', later: 'l', 'no-data': 'n', held: 'h',
}

function isMarkState(word: string): word is MarkState {
  return word in MARK_LETTERS
}

const STATES: ReadonlyMap<string, MarkState> = new Map(Object.keys(MARK_LETTERS).filter(isMarkState).map((state) => [MARK_LETTERS[state], state]))

/** The same frame has the same key in every answer, so that a row of an older board still finds its frame: FNV-1a of its text. */
function keyOf(text: string, taken: Readonly<Record<string, unknown>>): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0
  let key = hash.toString(36)
  while (key in taken) key += '+'
  return key
}

function fits(frame: readonly RailFrameGate[], gates: readonly RailGate[]): boolean {
  return frame.length === gates.length && gates.every((gate, i) => {
    const known = frame[i]
    return known?.id === gate.id && known.number === gate.number && known.name === gate.name && known.shortName === gate.shortName
      && known.teams.length === gate.lanes.length && gate.lanes.every((lane, k) => lane.team === known.teams[k])
  })
}

/** Gathers the frames of the rails that it is given. In: all teams in the order of their lanes. */
export function railPacker(teams: readonly RailTeam[]): { readonly pack: (gates: readonly RailGate[]) => RowRail; readonly frames: () => RailFrames } {
  const framed: Record<string, readonly RailFrameGate[]> = {}
  const keyFor = (gates: readonly RailGate[]): string => {
    for (const key in framed) if (fits(framed[key] ?? [], gates)) return key
    const frame = gates.map(({ id, number, name, shortName, lanes }): RailFrameGate => ({ id, number, name, shortName, teams: lanes.map((lane) => lane.team) }))
    const key = keyOf(JSON.stringify(frame), framed)
    framed[key] = frame
    return key
  }
  return {
    pack(gates) {
      let marks = ''
      let passed = ''
      let ball: string | null = null
      for (const gate of gates) {
        for (const lane of gate.lanes) marks += MARK_LETTERS[lane.state]
        passed += gate.isPassed ? '1' : '0'
        if (gate.hasBall) ball ??= gate.id
      }
      return { frame: keyFor(gates), marks, passed, ball }
    },
    frames: () => ({ teams, gates: framed }),
  }
}

/** The first teams have a lane on every rail, further ones where a gate is theirs. */
const ALWAYS = 3

/** A rail whose gates are known. In: all teams in the order of their lanes. */
export function railWith(teams: readonly RailTeam[], gates: RailModel['gates']): RailModel {
  const used = new Set(gates.flatMap((gate) => gate.lanes.map((lane) => lane.team)))
  return { teams: teams.filter((team, i) => used.has(team.id) || i < ALWAYS), gates }
}

const teamsOf = new WeakMap<readonly RailFrameGate[], readonly RailTeam[]>()

function teamsIn(all: readonly RailTeam[], frame: readonly RailFrameGate[]): readonly RailTeam[] {
  const known = teamsOf.get(frame)
  if (known) return known
  const used = new Set(frame.flatMap((gate) => gate.teams))
  const made = all.filter((team, i) => used.has(team.id) || i < ALWAYS)
  teamsOf.set(frame, made)
  return made
}

const NO_GATES: readonly RailFrameGate[] = []

const unpacked = new WeakMap<RailFrames, Map<string, RailModel>>()

/** The rail of a row, to be drawn. In: what the rails of its board share; a row of another board has no gates. Rows that stand alike share one rail. */
export function unpackRail(frames: RailFrames, row: RowRail): RailModel {
  const known = unpacked.get(frames) ?? new Map<string, RailModel>()
  unpacked.set(frames, known)
  const key = `${row.frame} ${row.marks} ${row.passed} ${row.ball}`
  const model = known.get(key) ?? unpack(frames, row)
  known.set(key, model)
  return model
}

function unpack(frames: RailFrames, row: RowRail): RailModel {
  const frame = frames.gates[row.frame] ?? NO_GATES
  let at = 0
  const gates = frame.map(({ id, number, name, shortName, teams }, i): RailGate => ({
    id, number, name, shortName, lanes: teams.map((team) => ({ team, state: STATES.get(row.marks[at++] ?? '') ?? 'later' })),
    isPassed: row.passed[i] === '1', hasBall: id === row.ball,
  }))
  return { teams: frame === NO_GATES ? frames.teams : teamsIn(frames.teams, frame), gates }
}
