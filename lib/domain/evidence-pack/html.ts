/** Hides how a page is put together out of strings that people wrote: everything that is inserted is escaped, unless it was made here. */

export class Html {
  constructor(readonly text: string) {}
}

type Piece = Html | string | number | null | false | undefined | readonly Piece[]

function rendered(piece: Piece): string {
  if (piece === null || piece === false || piece === undefined) return ''
  if (piece instanceof Html) return piece.text
  if (typeof piece === 'object') return piece.map(rendered).join('')
  return escaped(String(piece))
}

/** Text as it stands between tags and in quoted attributes. Control characters and direction overrides, which could make a line read otherwise, are left out. */
export function escaped(text: string): string {
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** A piece of a page. Values are escaped; lists are joined; null and false vanish. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(strings.map((string, index) => string + rendered(pieces[index])).join(''))
}

/** A link where the address is one that a browser may follow, else its words. */
export function link(url: string, words: string): Html {
  return /^https?:\/\//i.test(url) ? html`<a href="${url}" rel="noreferrer">${words}</a>` : html`${words}`
}

/** The little Markdown of minutes: headings, lists, lines in bold, what people wrote in quotes, paragraphs; nothing else has a meaning. */
export function prose(markdown: string): Html {
  const out: Html[] = []
  let list: Html[] = []
  let quote: Html[] = []
  const close = () => {
    if (list.length > 0) out.push(html`<ul>${list}</ul>`)
    if (quote.length > 0) out.push(html`<blockquote>${quote}</blockquote>`)
    list = []
    quote = []
  }
  for (const line of markdown.split(/\r?\n/)) {
    const quoted = /^>\s?(.*)$/.exec(line)
    const item = /^\s*[-*]\s+(.*)$/.exec(line)
    const heading = /^(#{1,6})\s+(.*)$/.exec(line)
    const bold = /^\*\*([^*]+)\*\*$/.exec(line)
    if (quoted) {
      if (list.length > 0) close()
      quote.push(html`<p>${quoted[1]}</p>`)
    } else if (item) {
      if (quote.length > 0) close()
      list.push(html`<li>${item[1]}</li>`)
    } else {
      close()
      if (heading) out.push((heading[1] ?? '').length > 2 ? html`<h5>${heading[2]}</h5>` : html`<h4>${heading[2]}</h4>`)
      else if (bold) out.push(html`<p class="small"><b>${bold[1]}</b></p>`)
      else if (line.trim() !== '') out.push(html`<p>${line}</p>`)
    }
  }
  close()
  return html`${out}`
}
