/** Finds the parts of a checklist that has no headings for them: lines above a list that are bold, in capitals, or end with a colon. */
import type { OutlineBlock, OutlineHeading, OutlineText } from './outline'

/** A line longer than this is a sentence and no heading. */
const LONGEST = 80

interface Sectioned {
  readonly blocks: readonly OutlineBlock[]
  /** The lines that were taken for headings; none in a file that has its own. */
  readonly named: readonly OutlineHeading[]
}

/** In: the blocks of a file. Out: the same with such lines as headings, where there are at least two and no headings but a title above them. */
export function sectioned(blocks: readonly OutlineBlock[]): Sectioned {
  const firstItem = blocks.findIndex((block) => block.kind === 'item')
  const headings = blocks.flatMap((block, at) => (block.kind === 'heading' ? [at] : []))
  const hasOwn = headings.length > 1 || headings.some((at) => at > firstItem)
  if (hasOwn) return { blocks, named: [] }
  const named: OutlineHeading[] = []
  const made = blocks.flatMap((block, at): readonly OutlineBlock[] => {
    const next = blocks[at + 1]
    const last = block.kind === 'text' ? block.lines.at(-1) : undefined
    if (block.kind !== 'text' || !last || next?.kind !== 'item' || next.depth !== 1 || !looksLikeHeading(last)) return [block]
    const text = { ...last, text: last.text.replace(/\s*[:\uff1a]$/u, '') }
    const heading: OutlineHeading = { kind: 'heading', depth: 6, text, line: last.line, endLine: last.line }
    named.push(heading)
    const above = block.lines.slice(0, -1)
    return above.length > 0 ? [{ ...block, lines: above, endLine: above.at(-1)?.line ?? block.line }, heading] : [heading]
  })
  return named.length > 1 ? { blocks: made, named } : { blocks, named: [] }
}

function looksLikeHeading({ text, isStrong }: OutlineText): boolean {
  if (text.length > LONGEST || !/\p{L}{2}/u.test(text)) return false
  return isStrong || /[:\uff1a]$/u.test(text) || (text === text.toUpperCase() && text !== text.toLowerCase())
}
