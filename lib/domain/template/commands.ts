/** The words in which templates are made and revised; the shape of a gate and of its lines as a request may bring it. */
import { z } from 'zod'
import { metricTestSchema } from '@/lib/domain/verdict/metric-spec-schema'
import { label, note, slug, teamId } from '@/lib/domain/words'
import { PARTS, PRESET_ROLES, RUBRIC_CODES, TIERS } from './template'

const gateId = slug
const finite = z.number().min(-1e15).max(1e15)
const minutes = z.int().min(0).max(129_600)

const metricRule = z.strictObject({
  comparison: z.enum(['at-most', 'at-least']), threshold: finite.nullable(), unit: z.string().max(40),
  timesStable: z.number().gt(0).max(1_000).exactOptional(), ignoreBelow: finite.exactOptional(),
  windowMinutes: z.int().min(1).max(10_080), minimumSamples: z.int().min(0).max(1e12), failureLimit: z.int().min(1).max(1_000),
  validDays: z.int().min(1).max(730).exactOptional(),
})

const metricAsk = z.strictObject({
  presetRole: z.enum(PRESET_ROLES), binding: z.enum(['staging', 'target']), mode: z.enum(['snapshot', 'standing']), rule: metricRule,
  shownBeside: z.array(z.enum(PRESET_ROLES)).max(5).exactOptional(), isAfterLabelDelay: z.boolean().exactOptional(), test: metricTestSchema.exactOptional(),
})

const valueAsk = z.strictObject({
  unit: z.string().max(40), target: finite.nullable(), direction: z.enum(['at-most', 'at-least', 'record']), validDays: z.int().min(1).max(730).exactOptional(),
})

const line = {
  id: z.string().regex(/^\d{1,2}\.\d{1,2}$/, 'must be a number such as 5.3'), title: label(160), hint: z.string().trim().max(400), minTier: z.enum(TIERS),
  isRequired: z.boolean(), allowsNotApplicable: z.boolean(), rubric: z.array(z.enum(RUBRIC_CODES)).max(28),
  theme: z.enum(['T1', 'T2', 'T3', 'T4', 'T5', 'T6']), ownerTeam: teamId.exactOptional(), titleWithoutBaseline: label(160).exactOptional(), inShort: label(60).exactOptional(),
}

const item = z.discriminatedUnion('kind', [
  z.strictObject({ ...line, kind: z.enum(['check', 'evidence']) }),
  z.strictObject({ ...line, kind: z.literal('value'), value: valueAsk }),
  z.strictObject({ ...line, kind: z.literal('metric'), metric: metricAsk }),
  z.strictObject({
    ...line, kind: z.literal('computed'),
    computed: z.enum(['environment-choice', 'observed-against-declared', 'steps-soaked', 'final-soak', 'conditions-closed', 'waivers-closed']),
  }),
])

const rule = z.strictObject({
  teams: z.array(z.strictObject({ team: teamId, count: z.int().min(1).max(10) })).min(1).max(10),
  counterSignatures: z.int().min(0).max(5).exactOptional(), chair: teamId.exactOptional(),
})

const gate = z.strictObject({
  id: gateId, number: z.int().min(1).max(40), name: label(60), shortName: label(16), ownerTeam: teamId, coOwnerTeams: z.array(teamId).max(5).exactOptional(),
  rule, smallTeamRule: rule.exactOptional(), needs: z.array(gateId).max(40), parts: z.array(z.enum(PARTS)).max(PARTS.length),
  isEnvironmentBound: z.boolean(), isDecision: z.boolean().exactOptional(), phase: z.enum(['before-decision', 'decision', 'rollout', 'final', 'follow-up']),
  items: z.array(item).max(60),
})

export const templateContent = z.strictObject({
  name: label(60), purpose: z.string().trim().max(300), gates: z.array(gate).min(1).max(30),
  steps: z.array(z.strictObject({ share: z.number().gt(0).max(100), soakMinutes: minutes, minimumRequests: z.int().min(0).max(1e12) })).min(1).max(20),
  deferred: z.array(z.strictObject({ id: gateId, title: label(200), ownerTeam: teamId, dueDays: z.int().min(1).max(365) })).max(40),
})

export const templateCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('create-template'), content: templateContent }),
  z.strictObject({ type: z.literal('revise-template'), expects: z.int().min(1), content: templateContent, reason: note(1_000) }),
  z.strictObject({ type: z.literal('confirm-revision'), revision: z.int().min(2) }),
  z.strictObject({ type: z.literal('withdraw-revision') }),
  z.strictObject({ type: z.literal('archive-template') }),
  z.strictObject({ type: z.literal('restore-template') }),
])

export type TemplateCommand = z.infer<typeof templateCommand>
