/** The check-ins of the demo: last week's, held and closed, and the next one; and two in writing, one answered by everybody, one that still waits for a team. */
import 'server-only'
import { loadAggregate } from '@/db/aggregate'
import type { SystemActor } from '@/lib/domain/actor'
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

const CLOCK: SystemActor = { kind: 'system', name: 'clock' }

interface Said {
  readonly at: string
  readonly by: typeof MARA
  readonly team: string
  readonly conditions: string
  readonly actions: string
  readonly needs: string
}

const NEW_YEAR: readonly Said[] = [
  { at: '12d 20h', by: JONAS, team: 'product', conditions: 'None.', actions: 'The calendar of the winter freeze is with support.', needs: '' },
  { at: '12d 4h', by: LENA, team: 'data-science', conditions: 'Churn stays in its canary until the cohort without history is measured.', actions: 'The replay grows by that cohort.', needs: 'A second reader for the fairness report.' },
  { at: '11d 19h', by: FELIX, team: 'ops', conditions: '', actions: 'The second host is ordered.', needs: 'Word on the peak that product expects in January.' },
]
const THIS_WEEK: readonly Said[] = [
  { at: '20h', by: GRACE, team: 'data-science', conditions: '', actions: 'The slices of the vision release are re-run on the new set.', needs: 'Nothing from others.' },
  { at: '5h', by: JONAS, team: 'product', conditions: 'The assistant waits for legal; nobody tells the customer a date before that.', actions: '', needs: 'Ops: is the second host in place?' },
]

/** Plans the two in writing: opened by the clock; the one closes with its last answer, the other waits for operations until tomorrow. */
export function planWritten(stage: Stage): void {
  const write = (title: string, opens: string, answerBy: Date, answers: readonly Said[]) => {
    const id = stage.freshId()
    const startsAt = stage.ago(opens)
    const run = (command: CheckInCommand, by: typeof MARA | SystemActor = MARA) => stage.order('check-in', id, command, by)
    stage.at(new Date(startsAt.getTime() - 3_600_000), () => run({ type: 'schedule', ...PLACE, title, startsAt: startsAt.toISOString(), answerBy: answerBy.toISOString(), previousId: null }))
    stage.at(startsAt, () => run({ type: 'turn' }, CLOCK))
    for (const { at, by, ...said } of answers) stage.at(at, () => run({ type: 'answer', answerId: stage.freshId(), ...said }, by))
  }
  write('In writing, before the freeze', '13d', stage.ago('11d'), NEW_YEAR)
  write('In writing, this week', '1d 2h', stage.ahead('22h'), THIS_WEEK)
}
