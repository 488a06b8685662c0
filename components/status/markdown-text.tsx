/** Text written in a little Markdown, shown as text: headings, lists and paragraphs. No link, picture or markup of the writer's gets through. */

interface Block {
  readonly kind: 'heading' | 'list' | 'paragraph'
  readonly lines: readonly string[]
}

/** In: the text. Out: its blocks; a line that begins with # is a heading, with - or * or a number a line of a list. */
function blocksOf(text: string): readonly Block[] {
  const blocks: { kind: Block['kind']; lines: string[] }[] = []
  let isApart = true
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') { isApart = true; continue }
    const heading = /^#{1,6}\s+(.*)$/.exec(line)?.[1]
    const item = /^\s*(?:[-*]|\d+\.)\s+(.*)$/.exec(line)?.[1]
    const kind = heading !== undefined ? 'heading' : item !== undefined ? 'list' : 'paragraph'
    const last = blocks.at(-1)
    if (last && last.kind === kind && kind !== 'heading' && (!isApart || kind === 'list')) last.lines.push(heading ?? item ?? line)
    else blocks.push({ kind, lines: [heading ?? item ?? line] })
    isApart = false
  }
  return blocks
}

export function MarkdownText({ text }: { text: string }) {
  return (
    <div className="sp-markdown">
      {blocksOf(text).map(({ kind, lines }, index) => {
        if (kind === 'heading') return <p key={index}><b>{lines[0]}</b></p>
        if (kind === 'list') return <ul key={index}>{lines.map((line, at) => <li key={at}>{line}</li>)}</ul>
        return <p key={index} className="sp-words">{lines.join('\n')}</p>
      })}
    </div>
  )
}
