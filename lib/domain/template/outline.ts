/** A Markdown file as the checklist import sees it: headings, list lines and everything else, each with the lines of the file that it stands on. */

/** One line of text without its marks. */
export interface OutlineText {
  readonly text: string
  /** Line of the file, from 1. */
  readonly line: number
  /** Code spans at its end, in order, and the text before them. */
  readonly marks: readonly string[]
  readonly beforeMarks: string
  readonly links: readonly { readonly text: string; readonly href: string }[]
  readonly hasImage: boolean
  /** All of it is bold, as people write a heading who do not write headings. */
  readonly isStrong: boolean
}

interface Placed {
  /** First and last line of the file, from 1. */
  readonly line: number
  readonly endLine: number
}

export interface OutlineHeading extends Placed {
  readonly kind: 'heading'
  readonly depth: number
  readonly text: OutlineText
}

export interface OutlineItem extends Placed {
  readonly kind: 'item'
  /** 1 for the lines of a list that lies in no other. */
  readonly depth: number
  /** `null`: a list line without a box. */
  readonly box: 'open' | 'ticked' | null
  readonly title: OutlineText
  /** Further lines of the same list line. */
  readonly body: readonly OutlineText[]
}

export interface OutlineParagraph extends Placed {
  readonly kind: 'text'
  readonly lines: readonly OutlineText[]
}

export interface OutlineFence extends Placed {
  readonly kind: 'fence'
  readonly info: string
  readonly text: string
}

/** A table, a quotation, code, or lines that no reader took: shown as it stands in the file. */
export interface OutlineOther extends Placed {
  readonly kind: 'other'
  readonly what: string
  readonly text: string
}

export type OutlineBlock = OutlineHeading | OutlineItem | OutlineParagraph | OutlineFence | OutlineOther

export interface Outline {
  readonly blocks: readonly OutlineBlock[]
  /** Keys and values above the text, between lines of three dashes. */
  readonly frontMatter: Readonly<Record<string, string>>
  /** The same lines as they stand there. */
  readonly frontLines: readonly string[]
  readonly lineCount: number
}
