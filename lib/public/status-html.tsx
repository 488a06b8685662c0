/** Makes the whole public page out of the picture: one document, its styles inline, no script. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { StatusPage } from '@/components/status/status-page'
import type { StatusSnapshot } from '@/lib/public/status-feed'

/** The style sheet of the page with its hash for the content security policy. */
export interface Styles {
  readonly css: string
  /** sha256 in base64. */
  readonly hash: string
}

const FONTS = `@font-face{font-family:Geist;src:url(/status/geist.woff2) format('woff2');font-weight:100 900;font-display:swap}
@font-face{font-family:'Geist Mono';src:url(/status/geist-mono.woff2) format('woff2');font-weight:100 900;font-display:swap}
*{box-sizing:border-box}html{background:var(--paper)}body{margin:0;background:var(--paper);-webkit-font-smoothing:antialiased}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}`

/** Reads the tokens and the page's own styles. In: the folder of the product. Throws when a file is missing, which is a broken installation. */
export function readStyles(root = process.cwd()): Styles {
  const files = ['app/tokens.css', 'components/status/status.css'].map((file) => readFileSync(path.join(root, file), 'utf8'))
  const css = minify([FONTS, ...files].join('\n'))
  return { css, hash: createHash('sha256').update(css).digest('base64') }
}

/** Takes comments and spare white space out; our two style sheets hold no strings in which these matter. */
function minify(css: string): string {
  return css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s+/g, ' ').replace(/\s*([{};,>])\s*/g, '$1').replace(/:\s+/g, ':').replace(/;}/g, '}').trim()
}

/** The page. In: the picture, the styles, when the page is made (ISO), and whether it stands in somebody's frame. Out: HTML; every word in it is escaped by React. */
export function statusHtml({ status, asOf }: StatusSnapshot, styles: Styles, now: string, view: 'page' | 'embed' = 'page'): string {
  // `head` by name: the linter of Next takes a literal one for a mistake in a page of its own.
  const head = createElement(
    'head', null,
    <meta charSet="utf-8" />,
    <title>{`${status.headline} · ${status.title}`}</title>,
    <meta name="viewport" content="width=device-width, initial-scale=1" />,
    <meta name="description" content={`${status.title}: what is live, what is moving, and what went wrong.`} />,
    <meta name="color-scheme" content="light dark" />,
    <meta name="robots" content={status.isIndexed ? 'index, follow' : 'noindex, nofollow'} />,
    <link rel="alternate" type="application/json" href="/api/v2/summary.json" title="Statuspage API" />,
    <link rel="alternate" type="application/atom+xml" href="/status/history.atom" title="History" />,
    <link rel="icon" href="data:," />,
    <style dangerouslySetInnerHTML={{ __html: styles.css }} />,
  )
  const document = (
    <html lang="en">
      {head}
      <body>
        <main className={view === 'embed' ? 'sp-page sp-embed' : 'sp-page'}>
          <StatusPage status={status} asOf={asOf} now={now} isEmbedded={view === 'embed'} />
        </main>
      </body>
    </html>
  )
  return `<!doctype html>${renderToStaticMarkup(document)}`
}
