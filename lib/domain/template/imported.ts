/** What importing a checklist answers, as the API and the screens show it. */
import type { TemplateContent } from './template'
import type { ImportNote, Leftover } from './reading'

export interface ImportedChecklist {
  readonly content: TemplateContent
  readonly notes: readonly ImportNote[]
  readonly leftovers: readonly Leftover[]
  /** Lines whose box was ticked; a template has none. */
  readonly ticked: readonly number[]
  /** What must be put right in the editor before releases can begin with it. */
  readonly faults: readonly string[]
  readonly lineCount: number
}
