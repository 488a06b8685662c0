/** The API of the status page's editor: what is set now, previews made by the code that makes the pages, the secret link, and the incidents. */
import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { AUDIENCES } from '@/lib/domain/incident/state'
import { INSTALLATION_ID } from '@/lib/domain/installation/state'
import { configureStatus } from '@/lib/domain/installation/status-page'
import { publishModel, publishModelInternally } from '@/lib/domain/model/publication'
import { may } from '@/lib/domain/policy'
import { env } from '@/lib/server/env'
import { execute } from '@/lib/server/execute'
import { rawStore } from '@/lib/server/raw-store'
import { viewIncidents } from '@/lib/server/view/incidents'
import { previewStatus, viewStatusEditor } from '@/lib/server/view/status-page'
import { operation, type Operation } from './operation'
import { Refused } from './problem'

export const statusPageOperations: readonly Operation[] = [
  operation({
    id: 'get-status-page', method: 'GET', path: '/status-page', access: 'person', answer: z.looseObject({}),
    summary: 'What the public status page may show, model by model.', handle: async ({ actor }) => viewStatusEditor(await rawStore(), actor),
  }),
  operation({
    id: 'list-incidents', method: 'GET', path: '/status-page/incidents', access: 'person', answer: z.looseObject({}),
    summary: 'Incidents of the status page: those that were written, and what the product found and nobody has written about.', handle: async ({ actor }) => viewIncidents(await rawStore(), actor),
  }),
  operation({
    id: 'preview-status-page', method: 'POST', path: '/status-page/preview', access: 'person', answer: z.looseObject({}),
    summary: 'What an audience would get under these settings; nothing is changed.',
    body: z.strictObject({
      audience: z.enum(AUDIENCES).default('public'),
      settings: configureStatus.omit({ type: true }),
      publications: z.array(z.strictObject({ modelId: z.uuid(), publication: publishModel.shape.publication })).max(500),
      internal: z.array(z.strictObject({ modelId: z.uuid(), publication: publishModelInternally.shape.publication })).max(500).default([]),
    }),
    async handle({ actor, body }) {
      const allowed = may(actor, 'installation.configure-status')
      if (allowed !== true) throw new Refused(allowed)
      return previewStatus(await rawStore(), body)
    },
  }),
  operation({
    id: 'make-status-link', method: 'POST', path: '/status-page/link', access: 'person', body: z.strictObject({}), answer: z.object({ url: z.string() }),
    summary: 'Makes the secret link of the internal status page and shows it this once; an earlier one holds no longer.',
    async handle({ actor, key }) {
      const code = randomBytes(32).toString('base64url')
      const command = { type: 'set-status-link', hash: createHash('sha256').update(code).digest('hex') }
      const result = await execute({ kind: 'installation', id: INSTALLATION_ID, command, actor, key })
      if (!result.ok) throw new Refused(result.refusal)
      return { url: `${env().publicUrl}/status/internal/${code}` }
    },
  }),
]
