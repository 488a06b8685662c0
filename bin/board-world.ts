/** Makes a data folder whose board has so many releases in flight, by commands alone; for bin/board-screenshots.mjs. In: the number; DATA_DIR says where. */
import { closeStore, rawStore } from '@/lib/server/raw-store'
import { projections } from '@/db/projections'
import { registry } from '@/lib/domain/registry'
import { contexts } from '@/lib/server/context'
import { planCrowd } from '@/lib/server/demo/crowd'
import { planScene } from '@/lib/server/demo/scene'
import { keepCoursesOf, makeWorld } from '@/lib/server/demo/start'
import { Stage } from '@/lib/server/demo/stage'
import { fraudOverdue } from '@/lib/server/demo/stories-now'
import { executeIn, type Call } from '@/lib/server/execute'
import { seedTemplates } from '@/lib/server/seed-templates'

/** In flight in the world of the demo. */
const IN_FLIGHT = 9
// Slow scrapes: nothing answers there, and the pictures are taken before that is a verdict.
const OUTSIDE = { prometheusUrl: 'http://127.0.0.1:9', scrapeSeconds: 60, slackUrl: null }

const count = Number(process.argv[2] ?? 30)
const store = await rawStore()
const run = (call: Call) => executeIn({ store, contexts, foldings: registry, projections }, call)
const stage = new Stage(store, new Date(), run)
if (count >= IN_FLIGHT) {
  if (count > IN_FLIGHT) planCrowd(stage, count - IN_FLIGHT)
  await makeWorld(stage, OUTSIDE, run)
} else {
  planScene(stage, OUTSIDE, (now) => seedTemplates(now, run))
  const release = count > 0 ? fraudOverdue(stage) : null
  await stage.play()
  if (release) await keepCoursesOf(stage, [release])
}
await closeStore()
process.exit(0)
