/** Everything that people, pipelines and the product's own clock may ask of a release, and the words that fit. */
import { z } from 'zod'
import { dismissFields, recordAlertFields, setAlertingFields } from '@/lib/domain/alert/alert-schema'
import { metricSpecSchema } from '@/lib/domain/verdict/metric-spec-schema'
import { actionMoves } from '@/lib/domain/work/action-words'
import { instant } from '@/lib/domain/words'

const id = z.uuid()
/** Names something that the release made itself (a sign-off, an action that a rule opened); such ids are no UUIDs. */
const madeId = z.string().min(1).max(200)
const gateId = z.string().min(1).max(60)
const itemId = z.string().min(1).max(60)
const line = z.string().trim().min(1).max(300)
const prose = z.string().trim().min(1).max(10_000)
const optionalProse = z.string().trim().max(10_000)
const team = z.string().min(1).max(60)
/** Only http and https; anything else (javascript:, data:) is refused at the door. */
const url = z.url({ protocol: /^https?$/ }).max(2000)
const verdict = z.enum(['pass', 'fail', 'inconclusive', 'no-data', 'idle', 'error'])

const seen = z.strictObject({
  parts: z.record(z.string(), z.string()),
  items: z.record(z.string(), z.string()),
})

export const claimSchema = z.strictObject({
  memoryGiB: z.number().min(0).max(1e6),
  cpuCores: z.number().min(0).max(1e5),
  gpuCount: z.int().min(0).max(10_000),
  gpuType: z.string().trim().max(80),
  gpuMemoryGiB: z.number().min(0).max(1e5),
  storageGiB: z.number().min(0).max(1e8),
  peakPerSecond: z.number().min(0).max(1e9),
  growthPercent: z.number().min(-100).max(10_000),
})

export const servingSchema = z.strictObject({
  image: z.string().trim().max(500),
  runtime: z.string().trim().max(120),
  precision: z.string().trim().max(40),
  batching: z.string().trim().max(120),
})

export const stepSchema = z.strictObject({
  share: z.number().gt(0).max(100),
  soakMinutes: z.int().min(0).max(60 * 24 * 90),
  minimumRequests: z.int().min(0).max(1e12),
})

/** Rising shares that end at full traffic. */
export const stepsSchema = z.array(stepSchema).min(1).max(20).refine(
  (steps) => steps.at(-1)?.share === 100 && steps.every((step, i) => i === 0 || step.share > (steps[i - 1]?.share ?? 0)),
  'The shares must rise, and the last step must be 100 %.',
)

export const rollbackPlanSchema = z.strictObject({
  way: z.enum(['last-stable', 'switch-off', 'degraded']),
  triggers: optionalProse,
  deciderId: id.nullable(),
  rehearsedAt: instant.nullable(),
  restoreMinutes: z.number().min(0).max(100_000).nullable(),
})

/** A trigger that is watched: a standing item of the checklist, or a metric of its own. */
export const triggerSchema = z.strictObject({ id: z.string().regex(/^[a-z0-9-]{1,40}$/), title: line, itemId: itemId.nullable(), spec: metricSpecSchema.nullable() })

export const feedbackSchema = z.strictObject({ description: optionalProse, labelDelayDays: z.int().min(0).max(3650) })

export const panelSchema = z.strictObject({
  id: z.string().min(1).max(60),
  title: line,
  presetId: z.string().max(120).nullable(),
  query: z.string().max(5000).nullable(),
  unit: z.string().max(40),
  threshold: z.strictObject({ comparator: z.enum(['<=', '>=', '<', '>']), value: z.number() }).nullable(),
})

const labels = z.record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/), z.string().max(300))
export const selectorsSchema = z.strictObject({ candidate: labels, stable: labels, shareQuery: z.string().max(2000).nullable() })

const evidence = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('link'), title: line, url }),
  z.strictObject({ kind: z.literal('document'), title: line, documentId: id }),
  z.strictObject({ kind: z.literal('decision'), title: line, decisionNumber: z.int().min(1) }),
  z.strictObject({ kind: z.literal('file'), title: line, hash: z.string().regex(/^[0-9a-f]{64}$/), size: z.int().min(0), mediaType: z.string().max(120) }),
  z.strictObject({
    kind: z.literal('result'), title: line, hash: z.string().regex(/^[0-9a-f]{64}$/).nullable(),
    format: z.enum(['great-expectations', 'junit', 'gatehouse']),
    passed: z.int().min(0), failed: z.int().min(0), skipped: z.int().min(0),
  }),
])

const option = z.strictObject({ title: line, pros: optionalProse, cons: optionalProse, isChosen: z.boolean() })
/** `itemId` names a line that is watched during the rollout and says whether the condition is met. */
const condition = z.strictObject({ title: line, ownerId: id.nullable(), team: team.nullable(), dueAt: instant, itemId: itemId.nullable().optional() })

export const openRelease = z.strictObject({
  type: z.literal('open-release'),
  modelId: id, versionId: id, environmentId: id, stagingEnvironmentId: id.nullable(),
  templateId: id, risk: z.enum(['low', 'medium', 'high']), targetAt: instant.nullable(),
  claim: claimSchema, serving: servingSchema, evaluation: z.string().trim().max(300),
  steps: stepsSchema, rollbackPlan: rollbackPlanSchema, feedback: feedbackSchema,
  owners: z.record(team, id), onCallId: id.nullable(),
  panels: z.array(panelSchema).max(40), selectors: selectorsSchema,
  /** Targets and limits by item, for lines that depend on the model: a value's target, a metric's threshold. */
  limits: z.record(itemId, z.number()).optional(),
})

const change = z.discriminatedUnion('part', [
  z.strictObject({ part: z.literal('claim'), value: claimSchema }),
  z.strictObject({ part: z.literal('serving'), value: servingSchema }),
  z.strictObject({ part: z.literal('evaluation'), value: z.string().trim().max(300) }),
  z.strictObject({ part: z.literal('steps'), value: stepsSchema }),
  z.strictObject({ part: z.literal('rollback-plan'), value: rollbackPlanSchema.extend({ conditions: z.array(triggerSchema).max(12).exactOptional() }) }),
  z.strictObject({ part: z.literal('feedback'), value: feedbackSchema }),
  z.strictObject({ part: z.literal('target'), value: instant.nullable() }),
  z.strictObject({ part: z.literal('owners'), value: z.record(team, id) }),
  z.strictObject({ part: z.literal('on-call'), value: id.nullable() }),
  z.strictObject({ part: z.literal('panels'), value: z.array(panelSchema).max(40) }),
  z.strictObject({ part: z.literal('selectors'), value: selectorsSchema }),
])

const metricAsk = z.strictObject({ threshold: z.number(), timesStable: z.number().gt(0).nullable() })

export const decisionFields = {
  title: line, reason: prose, options: z.array(option).max(20), deciderIds: z.array(id).max(30),
  consultedIds: z.array(id).max(30), informedIds: z.array(id).max(30), consequences: optionalProse,
  confirmation: z.strictObject({ how: line, dueAt: instant.nullable() }).nullable(),
  supersedes: z.int().min(1).nullable(), checkInId: id.nullable(),
  context: optionalProse.optional(), drivers: z.array(line).max(20).optional(),
}

const c = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) => z.strictObject({ type: z.literal(type), ...shape })

export const releaseCommand = z.discriminatedUnion('type', [
  openRelease,
  c('change', { change, reason: optionalProse }),
  c('replace-candidate', { versionId: id, reason: prose }),
  c('change-risk', { risk: z.enum(['low', 'medium', 'high']), reason: prose }),
  c('change-item', { itemId, isRequired: z.boolean(), metric: metricAsk.nullable(), target: z.number().nullable(), query: z.string().max(5000).nullable(), reason: prose }),
  c('change-metric', { itemId, isRequired: z.boolean(), spec: metricSpecSchema, reason: prose }),
  c('confirm-change', { proposalId: madeId }),
  c('decline-change', { proposalId: madeId, reason: prose }),
  /** The reason is asked where lines that it has are asked otherwise (rule 11). */
  c('adopt-template', { revision: z.int().min(1), reason: optionalProse.optional() }),
  c('adopt-separation', {}),
  c('tick', { itemId, isDone: z.boolean() }),
  c('set-note', { itemId, text: optionalProse, expects: z.int().min(0) }),
  c('add-evidence', { itemId, evidenceId: id, evidence }),
  c('remove-evidence', { itemId, evidenceId: id, reason: prose }),
  c('record-value', { itemId, value: z.number() }),
  c('assign-item', { itemId, personId: id.nullable() }),
  c('set-due', { gateId, dueAt: instant.nullable() }),
  c('mark-not-applicable', { itemId, reason: prose }),
  c('counter-sign-not-applicable', { itemId }),
  c('withdraw-not-applicable', { itemId }),
  c('request-waiver', { itemId, reason: prose, until: instant }),
  c('approve-waiver', { itemId }),
  c('end-waiver', { itemId, reason: prose }),
  c('sign-off', { gateId, teams: z.array(team).max(10), comment: optionalProse, onBehalfOf: id.nullable(), seen }),
  c('withdraw-sign-off', { gateId, signOffId: madeId, reason: prose }),
  c('reject', { gateId, reason: prose }),
  c('withdraw-rejection', { gateId, rejectionId: madeId, reason: prose }),
  c('override-rejection', { gateId, rejectionId: madeId, reason: prose }),
  c('reopen-gate', { gateId, reason: prose }),
  c('inherit-gate', { gateId, fromReleaseId: id }),
  c('break-glass', { gateId, team, reason: prose, seen }),
  c('comment', { commentId: id, gateId: gateId.nullable(), itemId: itemId.nullable(), text: prose, mentions: z.array(id).max(30) }),
  c('attach-document', { documentId: id, title: line, url, kind: z.string().max(40), provider: z.string().max(60), ownerTeam: team, pinnedRevision: z.string().trim().max(200).nullable(), gateId: gateId.nullable(), itemId: itemId.nullable() }),
  c('remove-document', { documentId: id }),
  c('pin-document', { documentId: id, pinnedRevision: z.string().trim().max(200).nullable() }),
  c('review-document', { documentId: id, team }),
  c('decide', { kind: z.enum(['go', 'go-with-conditions', 'no-go', 'defer', 'choice']), ...decisionFields, conditions: z.array(condition).max(30), itemId: itemId.nullable(), until: instant.nullable(), seen: seen.nullable() }),
  c('hold', { reason: prose, checkInId: id.nullable() }),
  c('resume', { reason: prose }),
  c('cancel', { reason: prose, as: z.enum(['cancelled', 'superseded']) }),
  c('grant-freeze-exception', { freezeId: id, until: instant, reason: prose }),
  c('confirm-decision', { number: z.int().min(1), outcome: z.enum(['held', 'not-held']), note: prose, nextAt: instant.nullable() }),
  /** `from` names what it follows from: a decision by its number, a rejection by its id, a waiver by its item. */
  c('add-action', { actionId: id, title: line, ownerId: id.nullable(), team: team.nullable(), dueAt: instant.nullable(), checkInId: id.nullable(), from: z.strictObject({ kind: z.enum(['decision', 'rejection', 'waiver']), id: madeId }).optional() }),
  ...actionMoves,
  c('complete-action', { actionId: madeId, note: optionalProse }),
  c('state-fix-contained', { releaseId: id, note: prose }),
  c('start-rollout', {}),
  c('advance', {}),
  c('confirm-live', { note: prose }),
  c('acknowledge', { share: z.number().min(0).max(100), digest: z.string().max(300).nullable() }),
  c('observe', { share: z.number().min(0).max(100).nullable(), requests: z.int().min(0).nullable() }),
  c('end-soak', { reason: prose }),
  c('stand-down', { reason: prose }),
  c('roll-back', { reason: line }),
  c('confirm-rolled-back', { note: prose }),
  c('record-verdict', { itemId, verdict, value: z.number().nullable(), samples: z.int().min(0), reason: z.string().max(2000), query: z.string().max(10_000), at: instant, series: z.array(z.tuple([z.number(), z.number().nullable()])).max(400) }),
  c('settle', {}),
  c('record-alert', recordAlertFields),
  c('set-alerting', setAlertingFields),
  c('dismiss-proposal', dismissFields),
])

export type ReleaseCommand = z.infer<typeof releaseCommand>
export type ReleaseCommandType = ReleaseCommand['type']
export type CommandOf<T extends ReleaseCommandType> = Extract<ReleaseCommand, { type: T }>
