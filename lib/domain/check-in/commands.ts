/** The words in which check-ins are planned, run and closed. */
import { z } from 'zod'
import { actionMoves } from '@/lib/domain/work/action-words'
import { instant, label, note, teamId, timeZone } from '@/lib/domain/words'

const id = z.uuid()
const topicId = z.string().min(1).max(60)
/** What a topic is about (its key, else its id), for as long as the agenda is made anew. */
const matter = z.string().min(1).max(300)
const team = teamId.nullable()

const plan = {
  title: label(120), startsAt: instant, durationMinutes: z.int().min(5).max(480), zone: timeZone,
  releaseIds: z.union([z.literal('all'), z.array(id).min(1, 'must name at least one release').max(200)]), teams: z.array(teamId).min(1, 'must name at least one team').max(40),
  /** Until when the teams answer in writing; without it people meet. */
  answerBy: instant.nullable().optional(),
}

const said = z.string().trim().max(5_000, 'must have at most 5000 characters')

const c = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) => z.strictObject({ type: z.literal(type), ...shape })

export const checkInCommand = z.discriminatedUnion('type', [
  c('schedule', { ...plan, previousId: id.nullable() }),
  c('change-plan', plan),
  c('add-topic', { topicId: id, title: label(200), releaseId: id.nullable(), gateId: z.string().min(1).max(60).nullable() }),
  c('add-line', { key: z.string().min(1).max(300) }),
  c('remove-topic', { topicId }),
  c('reorder', { topicIds: z.array(topicId).max(500) }),
  c('arrange', { order: z.array(matter).max(500) }),
  c('set-aside', { matter, isAside: z.boolean() }),
  c('start', {}),
  c('move-to-topic', { topicId }),
  c('resolve-topic', { topicId }),
  c('park-topic', { topicId }),
  c('take', { takenId: id, topicId: topicId.nullable(), kind: z.enum(['decision', 'action', 'sign-off', 'hold']), releaseId: id, reference: z.string().min(1).max(80) }),
  c('add-action', { actionId: id, topicId: topicId.nullable(), title: label(300), ownerId: id.nullable(), team, dueAt: instant.nullable() }),
  c('complete-action', { actionId: id, note: z.string().trim().max(4_000) }),
  ...actionMoves,
  c('answer', { answerId: id, team: teamId, conditions: said, actions: said, needs: said }),
  c('close', {}),
  c('turn', {}),
  c('add-addendum', { addendumId: id, text: note(10_000) }),
  c('cancel', { reason: note(1_000) }),
  c('mark-missed', {}),
])

export type CheckInCommand = z.infer<typeof checkInCommand>
export type CheckInCommandOf<T extends CheckInCommand['type']> = Extract<CheckInCommand, { type: T }>
