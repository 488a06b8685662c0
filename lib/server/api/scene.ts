/** Operations that read the scene: models, environments, templates, and what opening a release needs. Their commands go through the collections. */
import 'server-only'
import { z } from 'zod'
import { rawStore } from '@/lib/server/raw-store'
import { viewEnvironment, viewEnvironments } from '@/lib/server/view/environment'
import { viewModel, viewModels } from '@/lib/server/view/model'
import { viewOpening } from '@/lib/server/view/opening'
import { viewTemplate, viewTemplates } from '@/lib/server/view/template'
import { viewScoreHistory, viewTestScore } from '@/lib/server/view/test-score'
import { operation, type Operation } from './operation'

const named = { id: z.string(), name: z.string() }
const allowed = z.record(z.string(), z.string().nullable()).meta({ description: 'For each action: null when this caller may do it, else the sentence that says why not.' })
const instant = z.iso.datetime()

const modelItem = z.looseObject({
  ...named, slug: z.string(), purpose: z.string(), ownerTeam: z.string(), codePrefix: z.string(), isArchived: z.boolean(), versionCount: z.int(),
  newestVersion: z.object({ label: z.string(), registeredAt: instant }).nullable(),
  live: z.array(z.object({ environmentName: z.string(), label: z.string(), isAtRisk: z.boolean() })),
  openReleases: z.array(z.object({ releaseId: z.string(), code: z.string() })),
})
const versionItem = z.looseObject({
  id: z.string(), label: z.string(),
  artefact: z.object({ raw: z.string(), kind: z.string(), label: z.string(), pinned: z.boolean(), digest: z.string().nullable() }),
  warning: z.string().nullable(), codeCommit: z.string().nullable(), registeredByName: z.string(), registeredAt: instant, liveIn: z.array(z.string()), heldIn: z.array(z.string()),
})
const modelAnswer = z.looseObject({
  ...named, version: z.int(), slug: z.string(), purpose: z.string(), ownerTeam: z.string(), codePrefix: z.string(), isArchived: z.boolean(), versions: z.array(versionItem),
  documents: z.array(z.looseObject({ id: z.string(), title: z.string(), href: z.string().nullable(), kind: z.string(), ownerTeam: z.string(), pinnedRevision: z.string().nullable() })),
  live: z.array(z.looseObject({ environmentId: z.string(), environmentName: z.string() })), allowed,
})
const points = z.number()
const scorePoint = z.object({ at: instant, code: z.string().nullable(), label: z.string(), score: points, sections: z.array(points) })
const testScoreAnswer = z.looseObject({
  modelId: z.string(), asOf: instant, score: points, reading: z.string(), nextScore: points,
  sections: z.array(z.object({ key: z.string(), name: z.string(), points, isLowest: z.boolean(), tests: z.array(z.looseObject({ code: z.string(), name: z.string(), points, words: z.string() })) })),
  next: z.array(z.looseObject({ code: z.string(), gain: points, words: z.string(), href: z.string().nullable() })),
  history: z.array(scorePoint), earlier: instant.nullable(), stableCount: z.int(),
})
const environmentItem = z.looseObject({
  ...named, version: z.int(), slug: z.string(), kind: z.string(), orchestrator: z.string(), sourceId: z.string().nullable(), zone: z.string(), isArchived: z.boolean(),
  freezes: z.array(z.object({ id: z.string(), from: instant, to: instant, zone: z.string(), reason: z.string(), byName: z.string(), standing: z.enum(['coming', 'active', 'over', 'ended']) })), allowed,
})
const templateItem = z.looseObject({ ...named, purpose: z.string(), revision: z.int(), gateCount: z.int(), itemCount: z.int(), isArchived: z.boolean(), unmetCount: z.int() })
const templateAnswer = z.looseObject({ id: z.string(), version: z.int(), content: z.looseObject({ name: z.string(), revision: z.int() }), allowed })
const openingAnswer = z.looseObject({ models: z.array(z.looseObject(named)), environments: z.array(z.looseObject(named)), templates: z.array(z.looseObject(named)), allowed })

const reading = { method: 'GET', access: 'person-or-token', scope: 'read' } as const

export const sceneOperations: readonly Operation[] = [
  operation({
    ...reading, id: 'list-models', path: '/models', summary: 'Lists models with what is live of each.',
    answer: z.looseObject({ models: z.array(modelItem), allowed }), handle: async ({ actor }) => viewModels(await rawStore(), actor),
  }),
  operation({
    ...reading, id: 'read-model', path: '/models/{id}', summary: 'Reads one model, by id or slug, with its versions, documents and live versions.',
    answer: modelAnswer, handle: async ({ actor, params }) => viewModel(await rawStore(), actor, params['id'] ?? ''),
  }),
  operation({
    ...reading, id: 'read-test-score', path: '/models/{id}/test-score', summary: 'Reads the ML Test Score of a model, by id or slug: four sections, the 28 tests with what each rests on and until when, its history when the last releases became stable, and the cheapest next half-point.',
    answer: testScoreAnswer, handle: async ({ params }) => viewTestScore(await rawStore(), params['id'] ?? ''),
  }),
  operation({
    ...reading, id: 'read-test-score-history', path: '/models/{id}/test-score/history', summary: 'Reads the ML Test Score as it was known when earlier releases of a model became stable, oldest first, a page at a time.',
    query: z.object({ before: instant.optional().describe('Only points before this instant, as `earlier` says it; absent: the newest.') }),
    answer: z.object({ points: z.array(scorePoint), earlier: instant.nullable() }), handle: async ({ params, query }) => viewScoreHistory(await rawStore(), params['id'] ?? '', query.before ?? null),
  }),
  operation({
    ...reading, id: 'list-environments', path: '/environments', summary: 'Lists environments with their freezes and what is live in them.',
    answer: z.looseObject({ environments: z.array(environmentItem), allowed }), handle: async ({ actor }) => viewEnvironments(await rawStore(), actor),
  }),
  operation({
    ...reading, id: 'read-environment', path: '/environments/{id}', summary: 'Reads one environment, by id or slug.',
    answer: environmentItem, handle: async ({ actor, params }) => viewEnvironment(await rawStore(), actor, params['id'] ?? ''),
  }),
  operation({
    ...reading, id: 'list-templates', path: '/templates', summary: 'Lists checklist templates.',
    answer: z.looseObject({ templates: z.array(templateItem), allowed }), handle: async ({ actor }) => viewTemplates(await rawStore(), actor),
  }),
  operation({
    ...reading, id: 'read-template', path: '/templates/{id}', summary: 'Reads one template with its revisions and the rules that cannot be met today.',
    answer: templateAnswer, handle: async ({ actor, params }) => viewTemplate(await rawStore(), actor, params['id'] ?? ''),
  }),
  operation({
    ...reading, id: 'read-opening', path: '/opening', summary: 'Reads all that opening a release needs: candidates, places with their last stable version, templates, people.',
    answer: openingAnswer, handle: async ({ actor }) => viewOpening(await rawStore(), actor),
  }),
]
