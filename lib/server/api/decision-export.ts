/** The export of decisions: one as MADR Markdown, all as a zip of numbered files. */
import 'server-only'
import { madr, madrIndex, madrName, type ExportedDecision } from '@/lib/domain/decision-export/madr'
import { env } from '@/lib/server/env'
import { streamOf, zipOf } from '@/lib/server/evidence-pack/zip'
import { rawStore } from '@/lib/server/raw-store'
import { exportedDecision, exportedDecisions } from '@/lib/server/view/decision-export'
import { operation, type Operation } from './operation'

function linkOf({ decision }: ExportedDecision): string {
  return `${env().publicUrl}/releases/${decision.releaseCode}/decisions/${decision.number}`
}

function attachment(body: BodyInit, name: string, type: string): Response {
  return new Response(body, { headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' } })
}

const exportOne = operation({
  id: 'export-decision', method: 'GET', path: '/decisions/{number}/madr', access: 'person', answer: 'file',
  summary: 'One decision as Markdown (MADR 4).',
  async handle({ params }) {
    const number = Number(params['number'])
    const found = Number.isSafeInteger(number) && number > 0 ? await exportedDecision(await rawStore(), number) : null
    return found && attachment(madr(found, linkOf(found)), madrName(found.decision), 'text/markdown; charset=utf-8')
  },
})

const exportAll = operation({
  id: 'export-decisions', method: 'GET', path: '/decisions/export', access: 'person', answer: 'file',
  summary: 'Every decision as Markdown (MADR 4), numbered, with an index; a zip.',
  async handle() {
    const all = await exportedDecisions(await rawStore())
    const files = new Map([['README.md', Buffer.from(madrIndex(all.map((one) => one.decision)))]])
    for (const one of all) files.set(madrName(one.decision), Buffer.from(madr(one, linkOf(one))))
    return attachment(streamOf(zipOf(files)), 'decisions.zip', 'application/zip')
  },
})

export const decisionExportOperations: readonly Operation[] = [exportOne, exportAll]
