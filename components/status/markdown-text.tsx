/** Text written in a little Markdown, shown as text: headings, lists and paragraphs. No link, picture or markup of the writer's gets through. */

interface Block {
  readonly kind: 'heading' | 'list' | 'steps' | 'paragraph'
  readonly lines: readonly string[]
}

/** In: the text. Out: its blocks; a line that begins with # is a heading, with - or * a line of a list, with a number a step. */
function blocksOf(text: string): readonly Block[] {
  const blocks: { kind: Block['kind']; lines: string[] }[] = []
  let isApart = true
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') { isApart = true; continue }
    const heading = /^#{1,6}\s+(.*)$/.exec(line)?.[1]
    const item = /^\s*[-*]\s+(.*)$/.exec(line)?.[1]
    const step = /^\s*\d+\.\s+(.*)$/.exec(line)?.[1]
    const kind = heading !== undefined ? 'heading' : item !== undefined ? 'list' : step !== undefined ? 'steps' : 'paragraph'
    const words = heading ?? item ?? step ?? line
    const last = blocks.at(-1)
    if (last && last.kind === kind && kind !== 'heading' && (!isApart || kind !== 'paragraph')) last.lines.push(words)
    else blocks.push({ kind, lines: [words] })
    isApart = false
  }
  return blocks
}

export function MarkdownText({ text }: { text: string }) {
  return (
    <div className="sp-markdown">
      {blocksOf(text).map(({ kind, lines }, index) => {
        if (kind === 'heading') return <p key={index}><b>{lines[0]}</b></p>
        if (kind === 'steps') return <ol key={index}>{lines.map((line, at) => <li key={at}>{line}</li>)}</ol>
        if (kind === 'list') return <ul key={index}>{lines.map((line, at) => <li key={at}>{line}</li>)}</ul>
        return <p key={index} className="sp-words">{lines.join('\n')}</p>
      })}
    </div>
  )
}
