/** Operations on templates that are no commands: checklists in and out as Markdown, single revisions, and what adopting a newer one would do. */
import 'server-only'
import { z } from 'zod'
import { may } from '@/lib/domain/policy'
import { readAdoption, readChecklist, readRevision, writeChecklist } from '@/lib/server/view/checklist'
import { operation, type Operation } from './operation'
import { Refused } from './problem'

const content = z.looseObject({ name: z.string(), purpose: z.string(), gates: z.array(z.looseObject({ id: z.string(), number: z.int(), name: z.string() })) })
const lines = { line: z.int().meta({ description: 'First line of the file, from 1.' }), endLine: z.int() }
const imported = z.looseObject({
  content, notes: z.array(z.object({ line: z.int().nullable(), text: z.string() })), leftovers: z.array(z.object({ ...lines, why: z.string(), text: z.string() })), ticked: z.array(z.int()),
  faults: z.array(z.string()), lineCount: z.int(),
})
const previewLine = { gateNumber: z.int(), gateName: z.string(), itemId: z.string(), title: z.string() }
const changes = z.array(z.object({ what: z.string(), before: z.string(), after: z.string() }))
const preview = z.looseObject({
  from: z.int(), to: z.int(), added: z.array(z.object(previewLine)), removed: z.array(z.object(previewLine)), changed: z.array(z.object({ ...previewLine, changes, isCleared: z.boolean() })),
  gates: z.array(z.object({ number: z.int(), name: z.string(), changes })), eased: z.array(z.string()), stale: z.array(z.object({ gateNumber: z.int(), gateName: z.string(), by: z.string(), isGone: z.boolean() })), needsReason: z.boolean(),
})

function revisionIn(words: string | undefined): number | null {
  return words !== undefined && /^\d{1,6}$/u.test(words) ? Number(words) : null
}

export const templateOperations: readonly Operation[] = [
  operation({
    id: 'import-checklist', method: 'POST', path: '/templates/import', access: 'person', answer: imported,
    summary: 'Reads a Markdown checklist as the content of a template, with the lines that were not understood; nothing is saved. At most 10,000 lines and 400,000 characters.',
    body: z.strictObject({ markdown: z.string().min(1), name: z.string().trim().max(200).default('') }),
    async handle({ actor, body }) {
      const allowed = may(actor, 'template.create')
      if (allowed !== true) throw new Refused(allowed)
      const found = await readChecklist(body.markdown, body.name)
      if (typeof found === 'string') throw new Refused({ code: 'invalid', message: found })
      return found
    },
  }),
  operation({
    id: 'read-template-revision', method: 'GET', path: '/templates/{id}/revisions/{revision}', access: 'person', answer: content,
    summary: 'One revision of a template, whole.',
    handle: async ({ params }) => { const revision = revisionIn(params['revision']); return revision === null ? null : readRevision(params['id'] ?? '', revision) },
  }),
  operation({
    id: 'export-template', method: 'GET', path: '/templates/{id}/markdown', access: 'person', answer: 'file',
    summary: 'A template as a Markdown checklist, the newest revision or the one of `revision`. Imported again it gives the same template.',
    query: z.object({ revision: z.string().regex(/^\d{1,6}$/u).optional() }),
    async handle({ params, query }) {
      const file = await writeChecklist(params['id'] ?? '', revisionIn(query.revision))
      return file && new Response(file.text, { headers: { 'content-type': 'text/markdown; charset=utf-8', 'content-disposition': `attachment; filename="${file.name}"`, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' } })
    },
  }),
  operation({
    id: 'preview-adoption', method: 'GET', path: '/releases/{id}/adoption', access: 'person', answer: preview,
    summary: 'What the newest revision of its template would make of a release: lines added, gone and asked otherwise, where it asks less, and sign-offs that go stale.',
    handle: async ({ actor, params }) => readAdoption(actor, params['id'] ?? ''),
  }),
]
