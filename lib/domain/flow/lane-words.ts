/** Says a release's lanes in sentences, and each piece of them as a row of a table. */
import { formatDuration, formatHours } from '@/lib/domain/format'
import { BAND_WORDS, SEGMENT_WORDS } from './lane-drawing'
import type { Lanes } from './lanes'

/** The sentence above the picture: how long it has taken, and how long each team was waited for. */
export function lanesSentence(lanes: Lanes): string {
  const waited = lanes.lanes.toSorted((a, b) => b.workingMs - a.workingMs).map((lane) => `${lane.team.name} ${formatHours(lane.workingMs)}`)
  const took = `${lanes.isMoving ? 'Open for' : 'It took'} ${formatDuration(lanes.to - lanes.from)}`
  return waited.length === 0 ? `${took}.` : `${took}; the release waited in working hours for ${waited.join(', ')}.`
}

export interface LaneEntry {
  readonly from: number
  readonly to: number | null
  readonly team: string
  readonly gate: string
  readonly words: string
  readonly workingMs: number | null
}

/** Everything in the picture as rows in the order of time; a moment has no end. */
export function laneEntries(lanes: Lanes): readonly LaneEntry[] {
  const rows = lanes.lanes.flatMap((lane) => lane.rows.flatMap((row): LaneEntry[] => {
    const about = { team: lane.team.name, gate: `${row.number} ${row.name}` }
    return [
      ...row.segments.map((one) => ({ ...about, from: one.from, to: one.to, words: one.kind === 'waiting' ? 'waiting' : SEGMENT_WORDS[one.kind], workingMs: one.kind === 'clock' ? null : one.workingMs })),
      ...row.signs.map((one) => ({ ...about, from: one.at, to: null, words: one.kind === 'signed' ? 'signed' : one.kind === 'rejected' ? 'rejected' : 'sign-off withdrawn', workingMs: null })),
    ]
  }))
  const whole = [
    ...lanes.bands.map((band) => ({ from: band.from, to: band.to, words: BAND_WORDS[band.kind] })), ...lanes.milestones.map((one) => ({ from: one.at, to: null, words: one.label })),
    ...lanes.traffic.map((one) => ({ from: one.from, to: one.to, words: one.isWayBack ? `rolling back from ${one.share} %` : `${one.share} % of traffic` })),
  ].map((one): LaneEntry => ({ ...one, team: '', gate: '', workingMs: null }))
  return [...rows, ...whole].toSorted((a, b) => a.from - b.from)
}
