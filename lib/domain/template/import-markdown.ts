/** Imports a checklist: from an outline of the file to the content of a template, with notes on what was read how and the lines that found no place. */
import { z } from 'zod'
import { templateContent } from './commands'
import { exportMarkdown } from './export-markdown'
import type { TemplateContent } from './template'
import { buildTemplate, type Base } from './from-reading'
import type { ImportedChecklist } from './imported'
import type { Outline } from './outline'
import type { Known } from './owners'
import { readOutline, type Leftover } from './reading'
import { faultsOf } from './validate'

export const MOST_LINES = 10_000
export const MOST_CHARACTERS = 400_000

/** Why a file is not read at all, or null. */
export function tooLarge(markdown: string): string | null {
  const lines = markdown.split(/\r\n|\r|\n/u).length
  if (lines > MOST_LINES) return `The file has ${lines.toLocaleString('en-GB')} lines; at most ${MOST_LINES.toLocaleString('en-GB')} are read. Nothing was taken from it.`
  return markdown.length > MOST_CHARACTERS ? `The file has ${markdown.length.toLocaleString('en-GB')} characters; at most ${MOST_CHARACTERS.toLocaleString('en-GB')} are read. Nothing was taken from it.` : null
}

const keptShape = z.looseObject({ format: z.literal(1), template: z.looseObject({}), gates: z.array(z.looseObject({ gate: z.looseObject({}), items: z.array(z.unknown()) })) })

/** The template that an export kept in its block. Out: it, or why it cannot be read. */
function keptTemplate(text: string): TemplateContent | string {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return 'it is no JSON'
  }
  const shape = keptShape.safeParse(raw)
  if (!shape.success) return 'it is not as Gatehouse writes it'
  const whole = templateContent.safeParse({ ...shape.data.template, gates: shape.data.gates.map(({ gate, items }) => ({ ...gate, items })) })
  return whole.success ? whole.data : `${whole.error.issues[0]?.path.join('.') ?? ''}: ${whole.error.issues[0]?.message ?? 'not as Gatehouse writes it'}`
}

/** In: the text and how to read one into an outline, teams and people, a name where the file has none. */
export async function importChecklist(markdown: string, outlineOf: (markdown: string) => Promise<Outline>, known: Known, fallbackName: string): Promise<ImportedChecklist> {
  const outline = await outlineOf(markdown)
  const reading = readOutline(outline, known)
  const kept = reading.kept ? keptTemplate(reading.kept.text) : null
  const nameOf = (team: string) => known.teams.find((one) => one.id === team)?.name ?? team
  const base: Base | null = kept === null || typeof kept === 'string' ? null : { content: kept, reading: readOutline(await outlineOf(exportMarkdown(kept, nameOf)), known) }
  const built = buildTemplate(reading, base, known.teams, fallbackName)
  const unread: readonly Leftover[] = typeof kept === 'string' && reading.kept ? [{ line: reading.kept.line, endLine: reading.kept.line, why: `the block that Gatehouse keeps cannot be read (${kept}); only the text was taken`, text: reading.kept.text.slice(0, 2000) }] : []
  return { ...built, leftovers: [...built.leftovers, ...unread], ticked: reading.ticked, faults: faultsOf(built.content), lineCount: outline.lineCount }
}
