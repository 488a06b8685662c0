/** Observes a rollout: which share of the traffic the candidate gets, and how many requests its soak has seen. */
import 'server-only'
import { presetFor } from '@/lib/domain/preset/catalogue'
import { resolveQuery } from '@/lib/domain/preset/resolve'
import { judge } from '@/lib/domain/verdict/judge'
import type { Rule } from '@/lib/domain/verdict/rule'
import { alignedTo, type Asker } from './asker'
import type { RolloutTarget } from './target'

export interface Observation {
  /** Per cent of the traffic; `null` when it could not be measured. */
  readonly share: number | null
  readonly requests: number | null
}

const NUMBER: Rule = { test: { kind: 'presence' }, direction: 'neutral', unit: 'score' }
/** Shares are rates, which are never exact: a point of difference is the same share. */
const SLACK = 1
/** A share over fewer seconds than this would jump with single requests. */
const SHARE_WINDOW_SCRAPES = 8

async function numberOf(asker: Asker, sourceId: string, query: string, at: number, now: number): Promise<number | null> {
  const { verdict, value } = judge({ candidate: await asker.instant(sourceId, query, at), now }, NUMBER)
  return verdict === 'pass' ? value : null
}

function shareMatters(target: RolloutTarget, percent: number): boolean {
  if (target.share === null || Math.abs(target.share - percent) >= SLACK) return true
  if (target.isLeaving) return percent <= SLACK
  return target.awaitedShare !== null && percent >= target.awaitedShare - SLACK
}

/** Measures a rollout now (unix ms). Out: what is worth telling the release, or `null` when nothing has changed for it. */
export async function observeRollout(asker: Asker, target: RolloutTarget, nowMs: number): Promise<Observation | null> {
  const { sourceId } = target
  if (sourceId === null) return null
  const source = await asker.source(sourceId)
  const scrape = source?.scrapeIntervalSeconds ?? 15
  const at = alignedTo(nowMs, Math.max(1, scrape))
  const resolved = resolveQuery(target.shareQuery === null ? { kind: 'signal', signal: 'version-share' } : { kind: 'promql', promql: target.shareQuery }, target.stacks)
  const shareQuery = resolved.ok ? resolved.ask(target.selectors, scrape * SHARE_WINDOW_SCRAPES)?.value : undefined
  const share = shareQuery === undefined ? null : await numberOf(asker, sourceId, shareQuery, at, nowMs / 1000)
  const percent = share === null ? null : Math.min(100, Math.max(0, Math.round(share * 10_000) / 100))
  const requests = target.soak ? await requestsSince(asker, target, sourceId, at, nowMs) : null
  const isShareNews = percent !== null && shareMatters(target, percent)
  const isCountNews = requests !== null && target.soak !== null && requests >= target.soak.needed
  return isShareNews || isCountNews ? { share: isShareNews ? percent : null, requests: isCountNews ? requests : null } : null
}

async function requestsSince(asker: Asker, target: RolloutTarget, sourceId: string, at: number, nowMs: number): Promise<number | null> {
  const since = target.soak ? Date.parse(target.soak.since) / 1000 : at
  const preset = target.stacks.map((stack) => presetFor(stack, 'throughput')).find((one) => one?.samples)
  const resolved = preset ? resolveQuery({ kind: 'preset', presetId: preset.id }, target.stacks) : null
  const counted = resolved?.ok ? resolved.ask(target.selectors, Math.max(1, at - since))?.samples : null
  if (!counted || at - since < 1) return null
  const value = await numberOf(asker, sourceId, counted, at, nowMs / 1000)
  return value === null ? null : Math.floor(value)
}
