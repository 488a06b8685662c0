/** What people wrote for the status page: words about a roll-back with what was learnt from it, and two incidents that no metric saw; and the page for insiders. */
import 'server-only'
import { createHash } from 'node:crypto'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import type { InternalField } from '@/lib/domain/model/publication'
import { CHURN, EU, FELIX, FRA, FRAUD, HANNAH, MARA, PIA, RECOMMEND, SEARCH, TRANSCRIBE, US, type EnvironmentCast, type ModelCast } from './cast'
import type { Release } from './moves'
import type { Stage } from './stage'

/** The demo's own secret link; everybody has its passwords, too. */
export const INTERNAL_CODE = 'northwind-demo-for-colleagues-with-the-link'

const POST_MORTEM = `# What happened

For 38 minutes, two in five visitors without an order history saw a home page with empty shelves.

# Why

- The new version was trained on sessions that all had at least one order, so it had nothing to fall back on.
- The check on staging replays signed-in visitors only, who have a history.
- Error ratio rose, but stayed below the limit of the alert for 25 minutes.

# What we changed

1. Staging replays 30 % visitors without history.
2. A share of empty shelves above 0.5 % is past its limit after five minutes.
3. Version 12.3.0 keeps the shelf of best sellers when it knows nothing.`

/** Plans what was written. In: the release that was rolled back. */
export function planIncidents(stage: Stage, rolledBack: Release): void {
  const tell = (id: string, command: { readonly type: string } & Readonly<Record<string, unknown>>, who = HANNAH) => stage.order('incident', id, command, who)
  const open = { type: 'open-incident', about: null, audience: 'public', startedAt: null } as const

  let shelves = ''
  stage.at('12d 58m', async () => {
    shelves = stage.freshId()
    await tell(shelves, {
      ...open, about: `roll-back ${(await rolledBack.state()).id}`, title: 'Empty shelves on the home page', impact: 'major', places: [{ modelId: RECOMMEND.id, environmentId: US.id }],
      status: 'identified', text: 'Visitors without an order history see empty shelves. We are going back to the version before; signed-in customers are not affected.',
    })
  })
  stage.at('12d 10m', () => tell(shelves, { type: 'update-incident', status: 'resolved', text: 'Shelves are full again for everybody, and have been for three quarters of an hour. What we learnt follows.' }))
  stage.at('9d 4h', () => tell(shelves, { type: 'write-post-mortem', text: POST_MORTEM }, PIA))

  let slow = ''
  stage.at('5d 3h', async () => {
    slow = stage.freshId()
    await tell(slow, { ...open, title: 'Search answers slowly in Europe', impact: 'minor', places: [{ modelId: SEARCH.id, environmentId: EU.id }], status: 'investigating', text: 'Some searches take two seconds and more. The model itself is as fast as ever; we look at the network in front of it.' }, FELIX)
  })
  stage.at('5d 2h 20m', () => tell(slow, { type: 'update-incident', status: 'identified', text: 'A provider reroutes traffic between two of its sites. We moved to the other site.' }, FELIX))
  stage.at('5d 1h 30m', () => tell(slow, { type: 'update-incident', status: 'resolved', text: 'Answers take 41 ms again.' }, FELIX))

  let late = ''
  stage.at('26d 5h', async () => {
    late = stage.freshId()
    await tell(late, { ...open, title: 'Transcripts arrive late', impact: 'minor', places: [{ modelId: TRANSCRIBE.id, environmentId: US.id }], status: 'identified', text: 'Recordings wait up to twenty minutes for their transcript, because a storage bucket was moved this morning. Nothing is lost.' })
  })
  stage.at('26d 1h', () => tell(late, { type: 'update-incident', status: 'resolved', text: 'The queue is empty; transcripts follow within a minute again.' }))

  stage.at('33d 20h', () => publishInside(stage))
}

const INSIDE: readonly InternalField[] = ['version', 'state', 'releases', 'phase', 'team', 'target', 'rail', 'holds', 'roll-backs', 'record', 'code', 'sentence', 'reasons', 'values']

async function publishInside(stage: Stage): Promise<void> {
  const shown: readonly (readonly [ModelCast, readonly EnvironmentCast[]])[] = [[SEARCH, [EU, FRA]], [TRANSCRIBE, [US]], [RECOMMEND, [US]], [CHURN, [US]], [FRAUD, [EU]]]
  for (const [model, environments] of shown) {
    const publication = { name: model.slug, fields: [...INSIDE], environments: environments.map((one) => ({ environmentId: one.id, name: one.slug })) }
    await stage.order('model', model.id, { type: 'publish-model-internally', publication }, MARA)
  }
  await stage.order('installation', INSTALLATION_ID, { type: 'set-status-link', hash: createHash('sha256').update(INTERNAL_CODE).digest('hex') }, MARA)
}
