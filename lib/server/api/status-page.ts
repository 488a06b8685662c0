/** The API of the status page's editor: what is set now, and a preview made by the same code that makes the public page. */
import 'server-only'
import { z } from 'zod'
import { configureStatus } from '@/lib/domain/installation/status-page'
import { publishModel } from '@/lib/domain/model/publication'
import { may } from '@/lib/domain/policy'
import { rawStore } from '@/lib/server/raw-store'
import { previewStatus, viewStatusEditor } from '@/lib/server/view/status-page'
import { operation, type Operation } from './operation'
import { Refused } from './problem'

export const statusPageOperations: readonly Operation[] = [
  operation({
    id: 'get-status-page', method: 'GET', path: '/status-page', access: 'person', answer: z.looseObject({}),
    summary: 'What the public status page may show, model by model.', handle: async ({ actor }) => viewStatusEditor(await rawStore(), actor),
  }),
  operation({
    id: 'preview-status-page', method: 'POST', path: '/status-page/preview', access: 'person', answer: z.looseObject({}),
    summary: 'What the public would get under these settings; nothing is changed.',
    body: z.strictObject({
      settings: configureStatus.omit({ type: true }),
      publications: z.array(z.strictObject({ modelId: z.uuid(), publication: publishModel.shape.publication })).max(500),
    }),
    async handle({ actor, body }) {
      const allowed = may(actor, 'installation.configure-status')
      if (allowed !== true) throw new Refused(allowed)
      return previewStatus(await rawStore(), body)
    },
  }),
]
