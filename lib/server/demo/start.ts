/** Starts the demo's world with the process when GATEHOUSE_DEMO=1: made once, by commands under a moved clock, and left alone afterwards. */
import 'server-only'
import { projections } from '@/db/projections'
import { registry } from '@/lib/domain/registry'
import { specOfItem } from '@/lib/domain/release/measured'
import { readRelease, standingItems } from '@/lib/domain/release/phase'
import { ruleWords } from '@/lib/domain/verdict/rule-words'
import { turnClock } from '@/lib/server/clock'
import { contexts } from '@/lib/server/context'
import { env } from '@/lib/server/env'
import { executeIn, type Call, type Result } from '@/lib/server/execute'
import { rawStore } from '@/lib/server/raw-store'
import { seedTemplates } from '@/lib/server/seed-templates'
import { loadInstallation } from '@/lib/server/view/people'
import { DEMO_PASSWORD, emailOf, PEOPLE } from './cast'
import { healthy, keepCourses, type Course } from './measurements'
import type { Release } from './moves'
import { firstVersions, planQuarter, QUARTER, type Chain } from './quarter'
import { keepRecords } from './records'
import { planScene, type Outside } from './scene'
import { Stage } from './stage'
import { churnAtRisk, assistantHeld, fraudOverdue, priceReady, recommendOpened, searchFrozen, searchSoaking, transcribeFailed, visionStale } from './stories-now'
import { churnCancelled, recommendRolledBack, searchClosed, transcribeStable } from './stories-past'
import { planSeries } from './series'
import { planCheckIns, planWritten } from './stories-check-in'
import { INTERNAL_CODE, planIncidents } from './stories-incidents'
import { startTraffic } from './traffic'

/** What demo.mjs started around the server; the addresses stay the same over restarts. */
function outsideNow(): Outside {
  return {
    prometheusUrl: process.env['GATEHOUSE_DEMO_PROMETHEUS'] ?? 'http://127.0.0.1:19090',
    scrapeSeconds: Number(process.env['GATEHOUSE_DEMO_SCRAPE_SECONDS'] ?? 5),
    slackUrl: process.env['GATEHOUSE_DEMO_SLACK'] ?? null,
  }
}

async function courseOf(release: Release): Promise<readonly Course[]> {
  const state = await release.state()
  const isMoving = state.rollout !== null && state.end === null
  const ownerId = state.stableAt ? `${state.modelId}:${state.environmentId}` : state.id
  const reading = readRelease(state, [], release.stage.start)
  const standing = new Set(standingItems(state).map((one) => one.itemId))
  return Object.values(state.items).flatMap((item): readonly Course[] => {
    if (!item.metric || !item.verdict || (standing.has(item.id) && !isMoving)) return []
    const usual = healthy(item, release.model).value
    const { verdict, value, reason } = item.verdict
    const isFailing = verdict === 'fail'
    const stable = item.metric.rule.timesStable ? usual * (isFailing ? 1 : 1.06) : null
    const spec = specOfItem(item)
    const { query } = item.verdict
    const told = { query, stableQuery: query.replaceAll(state.candidate.label, state.baseline?.label ?? state.candidate.label), rule: spec ? ruleWords(spec) : '', unit: spec?.rule.unit ?? ('score' as const) }
    return [{ ...told, ownerId, itemId: item.id, seen: { verdict, value: value ?? usual, reason }, before: usual, since: isFailing && reading.isInFlight ? new Date(item.verdict.at) : null, stable }]
  })
}

/** Keeps what was measured of these releases in the last hours. */
export async function keepCoursesOf(stage: Stage, releases: readonly Release[]): Promise<void> {
  await keepCourses(stage.store, (await Promise.all(releases.map(courseOf))).flat(), stage.start)
}

/** Makes the whole world. In: the stage (store, instant of the start), what runs around it, how to execute, the earlier releases to play first. Thrown: a refusal, which is a slip in a story. */
export async function makeWorld(stage: Stage, outside: Outside, run: (call: Call) => Promise<Result>, chains: readonly Chain[] = []): Promise<readonly Release[]> {
  planScene(stage, outside, (now) => seedTemplates(now, run), firstVersions(chains))
  planQuarter(stage, chains)
  const [closed, rolledBack] = [searchClosed(stage), recommendRolledBack(stage)]
  const releases = [
    closed, churnCancelled(stage), transcribeStable(stage), rolledBack, churnAtRisk(stage), searchSoaking(stage), priceReady(stage), fraudOverdue(stage),
    visionStale(stage), transcribeFailed(stage), recommendOpened(stage), searchFrozen(stage, closed), assistantHeld(stage),
  ]
  planCheckIns(stage)
  planWritten(stage)
  planSeries(stage)
  planIncidents(stage, rolledBack)
  await stage.play()
  await keepCoursesOf(stage, releases)
  await keepRecords(stage.store, stage.start)
  return releases
}

function sayWho(): void {
  const lines = PEOPLE.map((person) => `    ${emailOf(person).padEnd(30)} ${person.name}, ${person.memberships[0] ? `${person.memberships[0].team} ${person.memberships[0].role}` : 'viewer'}${person.isAdmin ? ', admin' : ''}`)
  console.log(`\n  The demo is ready: ${env().publicUrl}\n  Everybody signs in with the password  ${DEMO_PASSWORD}\n${lines.join('\n')}\n\n  The status page: ${env().publicUrl}/status, and for insiders ${env().publicUrl}/status/internal/${INTERNAL_CODE}\n`)
}

/** For the boot. Does nothing unless GATEHOUSE_DEMO=1, and makes nothing where an installation exists. */
export async function startDemo(): Promise<void> {
  if (process.env['GATEHOUSE_DEMO'] !== '1') return
  const store = await rawStore()
  if ((await loadInstallation(store)) === null) {
    const began = Date.now()
    console.log('Making the world of the demo: fourteen weeks of commands …')
    const place = { store, contexts, foldings: registry, projections }
    const run = (call: Call) => executeIn(place, call)
    await makeWorld(new Stage(store, new Date(), run), outsideNow(), run, QUARTER)
    await turnClock(store, new Date())
    console.log(`Made in ${((Date.now() - began) / 1000).toFixed(1)} s.`)
  }
  sayWho()
  await startTraffic(store)
}
