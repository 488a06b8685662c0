/** A made-up board for tests of how the board is drawn; no screen imports it. */
import { railPacker, type RowRail } from '@/lib/domain/board-rail'
import type { BoardBall, BoardRow, BoardView } from '@/lib/domain/board'
import type { MarkState, RailGate, TeamShape } from '@/lib/domain/rail'

export const SAMPLE_NOW = Date.parse('2026-11-22T14:12:00Z')
const HOUR = 3_600_000

const TEAMS: { id: string; name: string; shape: TeamShape }[] = [
  { id: 'product', name: 'Product', shape: 'diamond' },
  { id: 'data-science', name: 'Data science', shape: 'disc' },
  { id: 'ops', name: 'Ops', shape: 'square' },
]
const GATES: [string, string, number[]][] = [
  ['Scope and intent', 'Scope', [0]], ['Data readiness', 'Data', [1]], ['Model quality', 'Quality', [1]], ['Reproducible and versioned', 'Reproducible', [1, 2]],
  ['Environment and resources', 'Resources', [2]], ['Monitoring ready', 'Monitoring', [1, 2]], ['Rollback proven', 'Rollback', [1, 2]], ['Go / no-go', 'Go / no-go', [0, 1, 2]],
  ['Canary', 'Canary', [2]], ['Full rollout to stable', 'Stable', [0, 2]], ['Follow-up', 'Follow-up', [0]],
]

const packer = railPacker(TEAMS)

/** A rail of the default template. In: one word per gate, `a|b` per lane; the place of the ball. */
function sampleRail(words: string, ball: number): RowRail {
  const states = words.split(' ')
  return packer.pack(GATES.map(([name, shortName, lanes], i): RailGate => {
    const own = (states[i] ?? 'later').split('|')
    const marks = lanes.map((lane, k) => ({ team: TEAMS[lane]?.id ?? '', state: markOf(own[k] ?? own[0] ?? 'later') }))
    return { id: `g${i + 1}`, number: i + 1, name, shortName, lanes: marks, isPassed: marks.every((m) => ['passed', 'waived', 'stale', 'risk'].includes(m.state)), hasBall: i === ball }
  }))
}

const MARKS: Record<string, MarkState> = { p: 'passed', o: 'open', w: 'waiting', s: 'soaking', st: 'stale', wv: 'waived', f: 'failed', r: 'risk', l: 'later', n: 'no-data', h: 'held' }

function markOf(word: string): MarkState {
  return MARKS[word] ?? 'later'
}

function ball(team: number | null, hours: number, isLate = false): BoardBall {
  return { kind: team === null ? 'clock' : 'team', teams: team === null ? [] : [TEAMS[team]?.id ?? ''], sinceAt: new Date(SAMPLE_NOW - hours * HOUR).toISOString(), isLate }
}

function row(code: string, name: string, environment: string, rail: RowRail, said: BoardRow['sentence'], held: BoardBall, state: BoardRow['state'], points: number[], limit: number | null, label: string, day: number, note: string): BoardRow {
  const [modelName = '', versionLabel = ''] = name.split(' ')
  const [environmentName = '', orchestrator = ''] = environment.split(' · ')
  return {
    id: code.toLowerCase(), code, modelName, versionLabel, environmentName, orchestrator, rail, sentence: said, ball: held, state,
    spark: { points, limit, label, name: 'p95 latency' }, targetAt: new Date(SAMPLE_NOW + day * 24 * HOUR).toISOString(), targetNote: note,
  }
}

const rolling = [
  row('CHURN-31', 'churn-ranker 2.9.0', 'production-us · Kubernetes', sampleRail('p p p p p p p p r l l', 8), [{ text: 'At risk:', tone: 'bad' }, { text: ' canary error ratio 1.8 × stable, limit 1.2. Roll-back is proposed.' }], ball(2, 0.64), { state: 'risk', label: 'At risk' }, [1, 1.02, 1.05, 1.2, 1.3, 1.6, 1.8], 1.2, '1.80 ×', 0, 'canary 20 %'),
  row('SRCH-08', 'search-embed 1.4.2', 'production-eu · Kubernetes', sampleRail('p p p wv p p p p s l l', 8), [{ text: 'Soaking: 17 of 24 h steady. Nothing else blocks stable.' }], ball(null, 17), { state: 'soaking', label: 'Soaking' }, [0.9, 0.92, 0.9, 0.88, 0.91, 0.9, 0.9], 1.2, '0.91 ×', 0, 'on time'),
]
const ready = [
  row('PRICE-05', 'price-forecast 7.0.0', 'on-prem-fra · Virtual machines', sampleRail('p p p p p p p w|p|p l l l', 7), [{ text: 'Go / no-go waits for Product; data science and ops have signed.' }], ball(0, 27), { state: 'waiting', label: 'Ready' }, [0.41, 0.4, 0.42, 0.4, 0.41, 0.39, 0.4], null, '412 ms', 3, 'on time'),
]
const preparing = [
  row('FRAUD-12', 'fraud-scorer 4.2.0', 'production-eu · Kubernetes', sampleRail('p p p p w p o l l l l', 4), [{ text: 'Waiting on Ops for 2 d 4 h:', tone: 'strong' }, { text: ' load test and failure modes (gate 5). Rollback (gate 7) is open too.' }], ball(2, 52, true), { state: 'waiting', label: 'Overdue' }, [0.11, 0.12, 0.11, 0.13, 0.15, 0.14, 0.16], 0.2, '163 ms', 5, 'late by 2 d'),
  row('VIS-19', 'shelf-vision 0.8.0', 'edge-stores · Edge', sampleRail('p p st o o l l l l l l', 2), [{ text: 'The artefact changed: 2 sign-offs are stale and wait to be re-affirmed.' }], ball(1, 5), { state: 'stale', label: 'Stale' }, [0.7, 0.68, 0.71, 0.7, 0.69, 0.7, 0.7], null, '0.94', 10, 'on time'),
  row('TRANS-03', 'transcribe 3.1.0', 'production-us · Kubernetes', sampleRail('p p f l l l l l l l l', 2), [{ text: 'Quality failed:', tone: 'bad' }, { text: ' worst slice WER 0.31, target 0.25. Waived or re-trained.' }], ball(1, 24), { state: 'failed', label: 'Failed' }, [0.2, 0.22, 0.25, 0.27, 0.3, 0.31, 0.31], 0.25, '0.31', 17, 'no forecast'),
  row('RECO-22', 'home-recommend 12.3', 'production-us · Kubernetes', sampleRail('p h n l l l l l l l l', 1), [{ text: 'Waiting on Data science for 3 h: schema report. Freeze 20 Dec to 4 Jan ahead.' }], ball(1, 3), { state: 'open', label: 'Open' }, [0.3, 0.31, 0.3, 0.29, 0.3, 0.31, 0.3], null, '0.30', 20, 'on time'),
]

/** A board as the server would answer it. In: how many further releases stand in the last group. */
export function sampleBoard(more = 0): BoardView {
  const further = Array.from({ length: more }, (_, i) => {
    const base = preparing[i % preparing.length]
    return base ? [{ ...base, id: `more-${i}`, code: `MORE-${i}` }] : []
  }).flat()
  const total = rolling.length + ready.length + preparing.length + further.length
  const at = (hours: number) => new Date(SAMPLE_NOW - hours * HOUR).toISOString()
  return {
    sentence: [
      { text: `${total} releases`, tone: 'strong' }, { text: ' in flight. ' }, { text: 'Ops holds the oldest gate', tone: 'strong' },
      { text: ', for 2 d 4 h; data science holds three. ' }, { text: '1 at risk', tone: 'bad' }, { text: ', 1 overdue.' },
    ],
    tiles: [
      { team: 'product', name: 'Product', shape: 'diamond', count: 1, oldestSinceAt: at(27), isLate: false, waitedThisWeekMs: 9 * HOUR, bars: [{ ms: 27 * HOUR, isLate: false }] },
      { team: 'data-science', name: 'Data science', shape: 'disc', count: 3, oldestSinceAt: at(24), isLate: false, waitedThisWeekMs: 14 * HOUR, bars: [24, 5, 3].map((h) => ({ ms: h * HOUR, isLate: false })) },
      { team: 'ops', name: 'Ops', shape: 'square', count: 2, oldestSinceAt: at(52), isLate: true, waitedThisWeekMs: 31 * HOUR, bars: [{ ms: 52 * HOUR, isLate: true }, { ms: 0.64 * HOUR, isLate: false }] },
    ],
    groups: [
      { key: 'rolling-out', title: 'Rolling out', rows: rolling }, { key: 'ready', title: 'Ready to decide', rows: ready },
      { key: 'preparing', title: 'Preparing', rows: [...preparing, ...further] },
    ],
    rails: packer.frames(),
    filters: {
      teams: TEAMS.map((t, i) => ({ value: t.id, label: t.name, count: i + 1 })), models: [{ value: 'fraud-scorer', label: 'fraud-scorer', count: 1 }],
      environments: [{ value: 'production-eu', label: 'production-eu', count: 2 }], states: [{ value: 'waiting', label: 'Waiting', count: 2 }], mine: 4, overdue: 1,
    },
    total, shown: total, nextCheckIn: { id: 'c1', name: 'Fraud weekly', at: at(-1), isRunning: false, lines: 6 }, openRefusal: null, asOf: new Date(SAMPLE_NOW).toISOString(),
  }
}

/** The board of an installation without a release. */
export function emptyBoard(): BoardView {
  return {
    ...sampleBoard(), sentence: [{ text: 'Nothing is in flight.' }], groups: [], total: 0, shown: 0, nextCheckIn: null,
    tiles: sampleBoard().tiles.map((t) => ({ ...t, count: 0, oldestSinceAt: null, isLate: false, waitedThisWeekMs: 0, bars: [] })),
  }
}

/**
 * A long board cut to its first rows, as its page sends it. In: the board, and the most rows.
 * Out: the same sentence, tiles and counts; each group says how many of its rows stayed behind.
 */
export function firstRows(view: BoardView, most: number): BoardView {
  let room = most
  const groups = view.groups.map((group) => {
    const rows = group.rows.slice(0, room)
    room -= rows.length
    return { ...group, rows, hidden: group.rows.length - rows.length }
  })
  return { ...view, groups }
}
