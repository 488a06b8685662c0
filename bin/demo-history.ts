/** Writes what the demo's versions would have exported over the last hours, as OpenMetrics text with times; promtool makes blocks of it, so that charts have a past at the first start. */
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { Page, writeOwn } from '@/bin/synthetic-metrics.mjs'
import { Version } from '@/bin/synthetic-model-server.mjs'
import { ASSISTANT, CHURN, FRAUD, PRICE, RECOMMEND, SEARCH, TRANSCRIBE, VISION, type ModelCast } from '@/lib/server/demo/cast'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** As far back as a chart of six hours looks. Dense where the shortest chart looks, sparse before, yet so that a rate over the step of the widest chart finds enough. */
const REACH = 6.2 * HOUR
const DENSE = 70 * MINUTE

/** From so many minutes ago on, this share of traffic, and so many times the usual errors. */
type Turn = readonly [minutesAgo: number, share: number, errors?: number]

const COURSES: readonly (readonly [ModelCast, string, readonly Turn[]])[] = [
  [FRAUD, '4.1.3', [[400, 1]]], [FRAUD, '4.2.0', [[400, 0.03]]],
  [CHURN, '2.8.1', [[400, 1], [261, 0.95], [172, 0.75]]], [CHURN, '2.9.0', [[400, 0.03], [261, 0.05], [172, 0.25], [58, 0.25, 1.3], [48, 0.25, 1.8]]],
  [SEARCH, '1.3.1', [[400, 0.006]]], [SEARCH, '1.4.2', [[400, 0.994]]],
  [PRICE, '6.4.0', [[400, 1]]], [PRICE, '7.0.0', [[400, 0.03]]],
  [VISION, '0.7.2', [[400, 1]]], [VISION, '0.8.1', [[280, 0.03]]],
  [TRANSCRIBE, '3.0.5', [[400, 1]]], [TRANSCRIBE, '3.1.0', [[400, 0.03]]],
  [RECOMMEND, '12.2.0', [[400, 1]]], [RECOMMEND, '12.3.0', [[360, 0.03]]],
  [ASSISTANT, '1.4.0', [[400, 1]]], [ASSISTANT, '1.5.0', [[400, 0.03]]],
]

function instants(now: number): readonly number[] {
  const found: number[] = []
  for (let at = now - REACH; at <= now; at += at < now - DENSE ? MINUTE / 4 : MINUTE / 5) found.push(Math.round(at))
  return found
}

const [file = 'history.txt'] = process.argv.slice(2)
const out = createWriteStream(file)
const now = Date.now()

for (const [model, label, turns] of COURSES) {
  const { perSecond, speed, errors } = model.traffic
  const first = now - (turns[0]?.[0] ?? 0) * MINUTE
  const version = new Version(model.slug, { version: label, share: 0, speed, errors }, perSecond, first)
  for (const at of instants(now)) {
    const [, share = 0, factor = 1] = turns.findLast(([minutesAgo]) => at >= now - minutesAgo * MINUTE) ?? []
    if (at < first) continue
    version.share = share
    version.usualErrors = errors * factor
    version.advance(at)
    const page = new Page([])
    writeOwn(page, model.slug, version)
    const lines = page.text().split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => `${line} ${(at / 1000).toFixed(3)}\n`)
    if (!out.write(lines.join(''))) await once(out, 'drain')
  }
}
out.end('# EOF\n')
await once(out, 'finish')
