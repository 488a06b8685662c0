/** The check-ins of the demo: last week's, held and closed, and the next one. */
import 'server-only'
import { loadAggregate } from '@/db/aggregate'
import type { CheckInCommand } from '@/lib/domain/check-in/commands'
import type { Topic } from '@/lib/domain/check-in/state'
import { writeNote } from '@/lib/server/check-in/notes'
import { FELIX, GRACE, JONAS, LENA, MARA } from './cast'
import type { Stage } from './stage'

const TEAMS = ['product', 'data-science', 'ops']
const PLACE = { title: 'Release check-in', durationMinutes: 45, zone: 'Europe/Berlin', teams: TEAMS, releaseIds: 'all' as const }

/** What people wrote under the topics that came up, in order. */
const NOTES = [
  'Ops has the second host from Thursday. Until then nothing moves here.',
  'Agreed: the replay needs customers without history before the next candidate.',
  'Product asks whether the gain justifies the wait; yes, and the target date stays.',
]

async function topicsOf(stage: Stage, id: string): Promise<readonly Topic[]> {
  return (await loadAggregate(stage.store, 'check-in', id))?.state.topics ?? []
}

/** Plans both. The second one begins soon after the start of the demo. */
export function planCheckIns(stage: Stage): void {
  const lastId = stage.freshId()
  const nextId = stage.freshId()
  const run = (id: string, command: CheckInCommand, by = MARA) => stage.order('check-in', id, command, by)
  const lastAt = stage.ago('6d 3h')
  stage.at('8d', () => run(lastId, { type: 'schedule', ...PLACE, startsAt: lastAt.toISOString(), previousId: null }))
  stage.at('7d 2h', () => run(lastId, { type: 'add-topic', topicId: stage.freshId(), title: 'Who is on call over the winter freeze?', releaseId: null, gateId: null }, JONAS))
  stage.at(lastAt, async () => {
    await run(lastId, { type: 'start' })
    for (const [index, topic] of (await topicsOf(stage, lastId)).entries()) {
      await run(lastId, { type: 'move-to-topic', topicId: topic.id })
      const text = NOTES[index]
      if (text !== undefined) await writeNote(stage.store, lastId, topic.id, text, ([FELIX, LENA, JONAS][index] ?? MARA).personId, stage.now)
      if (index === 1) await run(lastId, { type: 'add-action', actionId: stage.freshId(), topicId: topic.id, title: 'Add customers without history to the replay', ownerId: GRACE.personId, team: 'data-science', dueAt: stage.ahead('1d').toISOString() })
      await run(lastId, { type: topic.kind === 'own' ? 'park-topic' : 'resolve-topic', topicId: topic.id })
    }
    await run(lastId, { type: 'close' })
  })
  stage.at('6d 2h', () => run(nextId, { type: 'schedule', ...PLACE, startsAt: stage.ahead('95m').toISOString(), previousId: lastId }))
}
