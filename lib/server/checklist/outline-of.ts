/** Hides the Markdown parser: reads a file into an outline in which every line that says something is accounted for. */
import 'server-only'
import MarkdownIt from 'markdown-it'
import { KEPT_BLOCK } from '@/lib/domain/template/export-markdown'
import type { Outline, OutlineBlock, OutlineText } from '@/lib/domain/template/outline'

// HTML stays text: it is never built into a page, and list lines between its tags are still read. Tables are shown and not read.
const parser = new MarkdownIt('default', { html: false, linkify: false, typographer: false }).disable('table')
// The marks within lines are read piece by piece, so that nobody else's request waits for a long file.
parser.core.ruler.disable('inline')

const PIECE = 200
/** Characters of one paragraph beyond which marks are not looked for: their search is not linear. */
const LONGEST_PARAGRAPH = 20_000

type Token = ReturnType<typeof parser.parse>[number]

/** What is read into one list line before it is complete. */
interface OpenItem {
  readonly depth: number
  readonly line: number
  texts: OutlineText[]
  at: number
}

/** In: the text of a file. Out: its outline, in the order of the file. Never throws, and gives way to others while it reads. */
export async function outlineOf(markdown: string): Promise<Outline> {
  const source = markdown.replace(/^\uFEFF/u, '').replace(/\r\n?/gu, '\n')
  const lines = source.split('\n')
  const front = frontMatterOf(lines)
  const text = front.end === 0 ? source : lines.map((line, index) => (index < front.end ? '' : line)).join('\n')
  const reader = new Reader(lines, front.end, source.includes(`\`\`\`${KEPT_BLOCK}\n`))
  const env = {}
  const tokens = parser.parse(text, env)
  for (let at = 0; at < tokens.length; at += PIECE) {
    const piece = tokens.slice(at, at + PIECE)
    for (const token of piece) {
      if (token.type !== 'inline') continue
      const children: Token[] = []
      if (token.content.length <= LONGEST_PARAGRAPH) parser.inline.parse(token.content, parser, env, children)
      token.children = children
    }
    reader.read(piece)
    if (tokens.length > PIECE) await new Promise((resolve) => { setImmediate(resolve) })
  }
  return { blocks: reader.finish(), frontMatter: front.values, frontLines: lines.slice(1, Math.max(1, front.end - 1)), lineCount: lines.length }
}

function frontMatterOf(lines: readonly string[]): { readonly values: Readonly<Record<string, string>>; readonly end: number } {
  if (lines[0]?.trim() !== '---') return { values: {}, end: 0 }
  const end = lines.findIndex((line, index) => index > 0 && index < 200 && line.trim() === '---')
  const inside = lines.slice(1, Math.max(1, end))
  if (end === -1 || !inside.some((line) => /^\s*[\w-]+\s*:/u.test(line))) return { values: {}, end: 0 }
  const pairs = inside.flatMap((line) => { const match = /^([\w-]+)\s*:\s*(.+)$/u.exec(line.trim()); return match?.[1] && match[2] ? [[match[1].toLowerCase(), match[2].replace(/^(["'])(.*)\1$/u, '$2').trim()] as const] : [] })
  return { values: Object.fromEntries(pairs), end: end + 1 }
}

class Reader {
  private readonly blocks: OutlineBlock[] = []
  private readonly open: OpenItem[] = []
  private readonly covered: Uint8Array
  private lists = 0
  private heading: Token | null = null
  /** Name of the block that is skipped as a whole, and how deep. */
  private skipped: { readonly type: string; depth: number } | null = null

  constructor(private readonly lines: readonly string[], frontEnd: number, private readonly isExport: boolean) {
    this.covered = new Uint8Array(lines.length)
    this.covered.fill(1, 0, frontEnd)
  }

  read(tokens: readonly Token[]): void {
    for (const token of tokens) {
      const name = token.type.replace(/_(open|close)$/u, '')
      if (this.skipped) {
        if (name === this.skipped.type) this.skipped.depth += token.nesting
        if (this.skipped.depth === 0) this.skipped = null
      } else if (token.nesting === 1 && name === 'blockquote') {
        this.other(token, 'a quotation')
        this.skipped = { type: name, depth: 1 }
      } else if (name === 'bullet_list' || name === 'ordered_list') this.lists += token.nesting
      else if (name === 'list_item') this.listItem(token)
      else if (name === 'heading') this.heading = token.nesting === 1 ? token : null
      else if (token.type === 'inline') this.inline(token, this.heading)
      else if (token.type === 'fence') this.fence(token)
      else if (token.type === 'code_block') this.other(token, 'code')
      else if (token.type === 'hr') this.cover(token)
    }
  }

  /** All blocks by line; lines that no token accounts for are put where they stand. */
  finish(): readonly OutlineBlock[] {
    for (let index = 0; index < this.lines.length; index += 1) {
      const from = index
      while (index < this.lines.length && this.covered[index] === 0 && (this.lines[index] ?? '').trim() !== '') index += 1
      if (index === from) continue
      const text = this.lines.slice(from, index).join('\n')
      // Where a link leads is read with the line that uses it.
      if (!text.split('\n').every((line) => /^\s*(\[[^\]]+\]:\s|[-*+]\s*$|\d+[.)]\s*$)/u.test(line))) this.blocks.push({ kind: 'other', what: 'lines that could not be read', text, line: from + 1, endLine: index })
    }
    return this.blocks.toSorted((a, b) => a.line - b.line)
  }

  /** Text, and the lines in it that are list lines to everybody but Markdown; an export of ours has none, whatever its purpose says. */
  private paragraph(texts: readonly OutlineText[], line: number, endLine: number): void {
    let said: OutlineText[] = []
    const end = (last: number) => {
      if (said.length > 0) this.blocks.push({ kind: 'text', lines: said, line: said[0]?.line ?? line, endLine: last })
      said = []
    }
    for (const text of texts) {
      const bare = BARE_LINE.exec(text.text)
      const { box, rest } = boxOf(bare ? without(text, bare[0].length) : text)
      if (this.isExport || (box === null && !bare)) { said.push(text); continue }
      end(text.line - 1)
      this.blocks.push({ kind: 'item', depth: 1, box, title: rest, body: [], line: text.line, endLine: text.line })
    }
    end(endLine)
  }

  private cover({ map }: Token): void {
    if (map) this.covered.fill(1, map[0], map[1])
  }

  private other(token: Token, what: string): void {
    this.cover(token)
    const [from, to] = token.map ?? [0, 0]
    this.blocks.push({ kind: 'other', what, text: this.lines.slice(from, to).join('\n').trimEnd(), line: from + 1, endLine: Math.max(from + 1, to) })
  }

  private fence(token: Token): void {
    this.cover(token)
    const [from, to] = token.map ?? [0, 0]
    this.blocks.push({ kind: 'fence', info: token.info.trim(), text: token.content, line: from + 1, endLine: to })
  }

  private listItem(token: Token): void {
    if (token.nesting === 1) {
      this.flush()
      this.open.push({ depth: this.lists, line: (token.map?.[0] ?? 0) + 1, texts: [], at: -1 })
    } else {
      this.flush()
      this.open.pop()
    }
  }

  /** Puts down the list line that is open, once; what stands in it after an inner list is a text of its own. */
  private flush(): void {
    const item = this.open.at(-1)
    const [title, ...body] = item?.texts ?? []
    if (!item || !title) return
    const { box, rest } = boxOf(title)
    this.blocks.push({ kind: 'item', depth: item.depth, box, title: rest, body, line: item.line, endLine: Math.max(item.line, body.at(-1)?.line ?? title.line) })
    item.texts = []
    item.at += 1
  }

  private inline(token: Token, heading: Token | null): void {
    if (token.content.length > LONGEST_PARAGRAPH) { this.other(token, 'a very long paragraph'); return }
    if (token.content.includes('|') && /^ ?\|? ?:?-+:? ?(\| ?:?-+:? ?)*\|? ?$/mu.test(token.content.replace(/[ \t]+/gu, ' '))) { this.other(token, 'a table'); return }
    this.cover(token)
    const texts = textsOf(token)
    const [from, to] = token.map ?? [0, 1]
    const item = this.open.at(-1)
    const [first] = texts
    if (heading && first) {
      if (heading.map) this.cover(heading)
      this.flush()
      this.blocks.push({ kind: 'heading', depth: Number(heading.tag.slice(1)) || 1, text: { ...first, text: texts.map((one) => one.text).join(' '), links: texts.flatMap((one) => one.links) }, line: from + 1, endLine: to })
    } else if (item && item.at === -1) item.texts.push(...texts)
    else if (texts.length > 0) this.paragraph(texts, from + 1, to)
  }
}

// Pandoc, Word and wikis write boxes as signs, other editors further marks between the brackets; some people forget the space behind.
const BOX = /^(?:\[([ \u00a0\u3000xX✓✔~/–-]?)\]\s*|([☐☑☒⬜🔲✅✔✓])\ufe0f?\s*)/u
const TICKED = new Set(['x', 'X', '✓', '✔', '☑', '☒', '✅'])
/** A list line that Markdown does not know as one: "-[ ] …", "[ ] …", "• …". */
const BARE_LINE = /^(?:[-*+]\s*(?=\[[^\]]?\])|[•▪◦‣]\s+)/u

/** The box that a line begins with, and what follows it. */
function boxOf(title: OutlineText): { readonly box: 'open' | 'ticked' | null; readonly rest: OutlineText } {
  const found = BOX.exec(title.text)
  return found ? { box: TICKED.has(found[1] ?? found[2] ?? '') ? 'ticked' : 'open', rest: without(title, found[0].length) } : { box: null, rest: title }
}

function without(text: OutlineText, length: number): OutlineText {
  return { ...text, text: text.text.slice(length), beforeMarks: text.beforeMarks.slice(length) }
}

/**
 * A line as it reads where Markdown is shown: room between words is one space (so that no search in it takes long over a line of nothing
 * else), and places that a link can jump to are no words.
 */
function shown(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/<a (?:name|id)=(["'])[^"'<>]*\1 ?> ?<\/a>/giu, '').trim()
}

/** The lines of a paragraph as plain text; code spans at the end of a line stand apart, so that the import can know its own. */
function textsOf(token: Token): OutlineText[] {
  const found: OutlineText[] = []
  let line = (token.map?.[0] ?? 0) + 1
  let text = ''
  let before: string | null = null
  let marks: string[] = []
  let links: { text: string; href: string }[] = []
  const inside: { text: string; href: string }[] = []
  let hasImage = false
  let strong = 0
  let isStrong = true
  const say = (words: string) => {
    if (words.trim() !== '') { before = null; marks = []; isStrong &&= strong > 0 || /^\s*[:\uff1a]\s*$/u.test(words) }
    text += words
    for (const link of inside) link.text += words
  }
  const end = () => {
    if (text.trim() !== '' || links.length > 0) found.push({ text: shown(text), line, marks, beforeMarks: shown(before ?? text), links, hasImage, isStrong: isStrong && text.trim() !== '' })
    line += 1
    text = ''; before = null; marks = []; links = []; hasImage = false; isStrong = true
  }
  for (const child of token.children ?? []) {
    if (child.type === 'softbreak' || child.type === 'hardbreak') end()
    else if (child.type === 'strong_open' || child.type === 'strong_close') strong += child.nesting
    else if (child.type === 'code_inline') {
      isStrong &&= strong > 0
      before ??= text
      marks = [...marks, child.content]
      text += child.content
      for (const link of inside) link.text += child.content
    } else if (child.type === 'link_open') inside.push({ text: '', href: String(child.attrGet('href') ?? '') })
    else if (child.type === 'link_close') links.push(...inside.splice(-1))
    else if (child.type === 'image') { hasImage = true; say(child.content); links.push({ text: child.content, href: String(child.attrGet('src') ?? '') }) }
    else if (child.content !== '') say(child.content)
  }
  end()
  return found
}
