/** The demo's deployer: gives each version on the pretended model server the share of traffic that its release asks for, so that steps are seen to become live. */
import 'server-only'
import { loadAggregates } from '@/db/aggregate'
import type { Store } from '@/db/store'
import type { LiveState } from '@/lib/domain/live/state'
import type { ReleaseState } from '@/lib/domain/release/state'
import { registerStop } from '@/lib/public/lifecycle'
import { loggable } from '@/lib/public/loggable'
import { listen } from '@/lib/server/bus'
import { CHURN, MODELS, type ModelCast } from './cast'

/** Full traffic leaves a little with the version before, as hold-outs do, so that both can be compared. */
const MOST = 0.994
/** What a candidate gets in staging. */
const STAGING_SHARE = 0.03
const SETTLE_MS = 400

/** Versions that misbehave, by model and label: times the usual share of errors. */
const FAULTS: Readonly<Record<string, number>> = { [`${CHURN.slug} 2.9.0`]: 1.8 }

/** The share (0 to 1) that a release asks for its candidate; null when it moves none. */
function wanted(release: ReleaseState): number | null {
  const { rollout } = release
  if (!rollout || release.stableAt || release.end) return null
  if (release.rollBack || rollout.standingDown) return 0
  return Math.min(MOST, (release.steps[rollout.stepIndex]?.share ?? 0) / 100)
}

/** Shares by `slug label`. In: what is live and what moves. */
export function sharesOf(lives: readonly LiveState[], releases: readonly ReleaseState[]): ReadonlyMap<string, number> {
  const shares = new Map<string, number>()
  const slugs = new Map(MODELS.map((model) => [model.id, model.slug]))
  const set = (modelId: string, label: string, share: number, how: 'replace' | 'if more' | 'if new') => {
    const slug = slugs.get(modelId)
    if (slug === undefined) return
    const key = `${slug} ${label}`
    const known = shares.get(key)
    if (known === undefined || how === 'replace' || (how === 'if more' && share > known)) shares.set(key, share)
  }
  for (const live of lives) if (live.lastStable) set(live.modelId, live.lastStable.label, 1, 'if more')
  for (const release of releases) {
    const share = wanted(release)
    if (share !== null) {
      set(release.modelId, release.candidate.label, share, 'replace')
      if (release.baseline) set(release.modelId, release.baseline.label, 1 - share, 'replace')
    }
  }
  for (const release of releases) {
    // One Prometheus plays all environments, so a version that serves somewhere needs no extra traffic in staging.
    if (wanted(release) === null && !release.end && !release.stableAt) set(release.modelId, release.candidate.label, STAGING_SHARE, 'if new')
  }
  return shares
}

async function tell(url: string, model: ModelCast, label: string, share: number): Promise<void> {
  const { perSecond, speed, errors } = model.traffic
  const fault = FAULTS[`${model.slug} ${label}`] ?? 1
  const answer = await fetch(`${url}/control`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, signal: AbortSignal.timeout(3_000),
    body: JSON.stringify({ model: model.slug, version: label, share, speed, errors: errors * fault, requestsPerSecond: perSecond }),
  })
  if (!answer.ok) throw new Error(`the model server answered ${answer.status}`)
}

/** Follows the record for as long as the process lives. Does nothing where no model server runs. */
export async function startTraffic(store: Store): Promise<void> {
  const url = process.env['GATEHOUSE_DEMO_MODEL_SERVER']
  if (url === undefined) return
  const told = new Map<string, number>()
  const follow = async () => {
    const [lives, releases] = await Promise.all([loadAggregates(store, 'live', 'all'), loadAggregates(store, 'release', 'all')])
    for (const [key, share] of sharesOf([...lives.values()].map((one) => one.state), [...releases.values()].map((one) => one.state))) {
      const [slug = '', label = ''] = key.split(' ')
      const model = MODELS.find((one) => one.slug === slug)
      if (!model || told.get(key) === share) continue
      await tell(url, model, label, share)
      told.set(key, share)
    }
  }
  const safely = () => follow().catch((error: unknown) => console.error(`The demo's traffic could not be steered: ${String(loggable(error))}`))
  let timer: NodeJS.Timeout | null = null
  const deaf = listen(({ kind }) => {
    if ((kind !== 'release' && kind !== 'live') || timer) return
    timer = setTimeout(() => { timer = null; void safely() }, SETTLE_MS)
  })
  registerStop('the traffic of the demo', async () => {
    deaf()
    if (timer) clearTimeout(timer)
  })
  await safely()
}
