/** The gate rail as data: lanes of teams, gates with one mark per signing team, where the ball is; and the same in words. */

/** State of a gate in one lane; each has a shape and a colour of its own on the screen. */
export type MarkState =
  | 'passed' | 'open' | 'waiting' | 'soaking' | 'stale' | 'waived'
  | 'failed' | 'risk' | 'later' | 'no-data' | 'held'


/** Shapes that stand for teams, without colour; the first three are product, data science and ops. */
export const TEAM_SHAPES = ['diamond', 'disc', 'square', 'triangle', 'hexagon', 'pentagon', 'star'] as const
export type TeamShape = (typeof TEAM_SHAPES)[number]

export interface RailTeam {
  readonly id: string
  readonly name: string
  readonly shape: TeamShape
}

export interface RailGate {
  readonly id: string
  readonly number: number
  readonly name: string
  /** At most about 14 characters; stands above the gate on the release. */
  readonly shortName: string
  readonly lanes: readonly { readonly team: string; readonly state: MarkState }[]
  /** Whether the path has been walked past this gate. */
  readonly isPassed: boolean
  readonly hasBall: boolean
}

export interface RailModel {
  readonly teams: readonly RailTeam[]
  readonly gates: readonly RailGate[]
}

const WORDS: Record<MarkState, string> = {
  passed: 'passed', open: 'open', waiting: 'waiting', soaking: 'soaking', stale: 'stale', waived: 'waived',
  failed: 'failed', risk: 'at risk', later: 'later', 'no-data': 'not measured', held: 'on hold',
}

/** The word for a state as screens and readers say it. */
export function markWord(state: MarkState): string {
  return WORDS[state]
}

/** One gate in words, such as "Gate 8, Go / no-go: Product waiting, Data science passed, Ops passed; the ball is here". */
export function describeGate(model: RailModel, gate: RailGate): string {
  const states = new Set(gate.lanes.map((l) => l.state))
  const [only] = states
  const said =
    states.size === 1 && only !== undefined
      ? WORDS[only]
      : gate.lanes.map((l) => `${model.teams.find((t) => t.id === l.team)?.name ?? l.team} ${WORDS[l.state]}`).join(', ')
  return `Gate ${gate.number}, ${gate.name}: ${said}${gate.hasBall ? '; the ball is here' : ''}`
}

/** The whole rail in one line for who cannot see it: how many gates are passed, and each gate that is neither passed nor later. */
export function describeRail(model: RailModel): string {
  const passed = model.gates.filter((g) => g.lanes.length > 0 && g.lanes.every((l) => l.state === 'passed' || l.state === 'waived')).length
  const notable = model.gates.filter((g) => g.hasBall || g.lanes.some((l) => l.state !== 'passed' && l.state !== 'later'))
  const head = `${passed} of ${model.gates.length} gates passed.`
  return [head, ...notable.map((g) => `${describeGate(model, g)}.`)].join(' ')
}
