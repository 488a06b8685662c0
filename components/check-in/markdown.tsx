/** Shows the product's own minutes: headings, quotes, lists and paragraphs; everything in them is text, so nothing that people wrote becomes markup. */
import type { ReactNode } from 'react'
import { said } from '@/components/ui/said'

interface Block {
  readonly kind: 'title' | 'heading' | 'part' | 'label' | 'quote' | 'list' | 'text'
  readonly lines: readonly string[]
}

/** The whole line in bold, as the minutes write what a team was asked. */
const LABEL = /^\*\*(?:Conditions|Actions|Needs)\*\*$/

function kindOf(line: string): Block['kind'] {
  if (line.startsWith('# ')) return 'title'
  if (line.startsWith('## ')) return 'heading'
  if (line.startsWith('### ')) return 'part'
  if (LABEL.test(line)) return 'label'
  if (line.startsWith('>')) return 'quote'
  return line.startsWith('- ') ? 'list' : 'text'
}

function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = []
  let isFresh = true
  for (const line of markdown.split('\n')) {
    if (line.trim() === '') {
      isFresh = true
      continue
    }
    const kind = kindOf(line)
    const last = blocks.at(-1)
    if (!isFresh && last?.kind === kind) blocks[blocks.length - 1] = { kind, lines: [...last.lines, line] }
    else blocks.push({ kind, lines: [line] })
    isFresh = false
  }
  return blocks
}

function shown({ kind, lines }: Block): ReactNode {
  switch (kind) {
    case 'title': return null
    case 'heading': return <h3 className="mt-3 text-14! break-words">{lines.join(' ').slice(3)}</h3>
    case 'part': return <h4 className="mt-2 text-13! break-words">{lines.join(' ').slice(4)}</h4>
    case 'label': return <p className="text-12 text-ink-2">{lines.join(' ').slice(2, -2)}</p>
    case 'quote': return <blockquote className="border-l-2 border-line-strong pl-3 break-words whitespace-pre-wrap">{lines.map((line) => line.replace(/^> ?/, '')).join('\n')}</blockquote>
    case 'list': return <ul className="list-disc pl-4">{lines.map((line, i) => <li key={i} className="break-words">{line.slice(2)}</li>)}</ul>
    case 'text': return <p className="break-words text-ink-2">{said(lines.join(' '))}</p>
  }
}

/** In: the Markdown of minutes. The title is left out, since the page has it. */
export function Minutes({ markdown }: { markdown: string }) {
  return <div className="flex flex-col gap-2">{blocksOf(markdown).map((block, i) => <div key={i} className="contents">{shown(block)}</div>)}</div>
}
