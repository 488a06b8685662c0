/** Reads the way of one release as lanes, with the forecast of its go while it prepares, and draws it as a file. */
import 'server-only'
import { countWithGo, finishedWithGo } from '@/db/finished'
import { releaseIdOf } from '@/db/release-list'
import type { Store } from '@/db/store'
import { forecastGo, LEAST_FINISHED, NEWEST_USED, precedentsOf } from '@/lib/domain/flow/forecast'
import { lanesOf, standingOf } from '@/lib/domain/flow/lanes'
import { drawLanes } from '@/lib/domain/flow/lane-drawing'
import { lanesSentence } from '@/lib/domain/flow/lane-words'
import type { Theme } from '@/lib/domain/flow/palette'
import { svgOf } from '@/lib/domain/flow/svg'
import type { LanesView } from '@/lib/domain/flow/view'
import { loadReleaseWorld } from '@/lib/server/context/release'
import { flowTeams } from './insights'

/** Width of the exported drawing in px. */
const WIDTH = 1_160

/** The lanes of a release by code or id; `null`: there is none. Everybody signed in may look. */
export async function lanesView(store: Store, codeOrId: string, now = new Date()): Promise<LanesView | null> {
  const id = await releaseIdOf(store, codeOrId)
  if (!id) return null
  const [{ world }, teams] = await Promise.all([loadReleaseWorld(store, id, null), flowTeams(store)])
  const state = world.release
  if (!state) return null
  const standing = standingOf(state, now)
  const finished = standing === null ? 0 : await countWithGo(store)
  const forecast = standing === null || finished < LEAST_FINISHED ? null : forecastGo(precedentsOf(await finishedWithGo(store, NEWEST_USED)), standing, now.getTime())
  return {
    lanes: lanesOf(state, teams, world.environment?.freezes ?? [], now), forecast,
    noForecast: standing === null || forecast ? null : `No forecast yet: it needs ${LEAST_FINISHED} finished releases that had a go, and there ${finished === 1 ? 'is 1' : `are ${finished}`}.`,
  }
}

/** The lanes as an SVG file; `null`: there is no such release. */
export async function lanesSvg(store: Store, codeOrId: string, theme: Theme, zone: string, now = new Date()): Promise<{ readonly name: string; readonly svg: string } | null> {
  const view = await lanesView(store, codeOrId, now)
  if (!view) return null
  const { lanes, forecast } = view
  const title = `${lanes.code}, ${lanes.model} ${lanes.version} to ${lanes.environment}`
  return { name: `${lanes.code.toLowerCase()}-where-time-went`, svg: svgOf(drawLanes(lanes, WIDTH, zone, forecast), title, lanesSentence(lanes), theme) }
}
