/** Makes whole public pages: one document each, its styles inline, no script. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createElement, type ReactNode } from 'react'
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

export interface PageParts {
  readonly title: string
  readonly description: string
  readonly isIndexed: boolean
  readonly styles: Styles
  /** Whether feeds are named in the head; the internal page has none. */
  readonly hasFeeds?: boolean
  readonly isEmbedded?: boolean
  readonly body: ReactNode
}

/** A page around its body. Out: HTML; every word in it is escaped by React. */
export function htmlPage({ title, description, isIndexed, styles, hasFeeds = true, isEmbedded = false, body }: PageParts): string {
  // `head` by name: the linter of Next takes a literal one for a mistake in a page of its own.
  const head = createElement(
    'head', null,
    <meta charSet="utf-8" />,
    <title>{title}</title>,
    <meta name="viewport" content="width=device-width, initial-scale=1" />,
    <meta name="description" content={description} />,
    <meta name="color-scheme" content="light dark" />,
    <meta name="robots" content={isIndexed ? 'index, follow' : 'noindex, nofollow'} />,
    ...(hasFeeds ? [
      <link key="json" rel="alternate" type="application/json" href="/api/v2/summary.json" title="Statuspage API" />,
      <link key="atom" rel="alternate" type="application/atom+xml" href="/status/history.atom" title="History" />,
    ] : []),
    <link rel="icon" href="data:," />,
    <style dangerouslySetInnerHTML={{ __html: styles.css }} />,
  )
  const document = <html lang="en">{head}<body><main className={isEmbedded ? 'sp-page sp-embed' : 'sp-page'}>{body}</main></body></html>
  return `<!doctype html>${renderToStaticMarkup(document)}`
}

/** The status page itself. In: the picture, the styles, when the page is made (ISO), whether it stands in somebody's frame, and the reader's zone. */
export function statusHtml({ status, asOf, subscriptions = [] }: StatusSnapshot, styles: Styles, now: string, view: 'page' | 'embed' = 'page', zone?: string): string {
  const isEmbedded = view === 'embed'
  return htmlPage({
    title: `${status.headline} · ${status.title}`, description: `${status.title}: what is live, what is moving, and what went wrong.`, isIndexed: status.isIndexed, styles, isEmbedded,
    body: <StatusPage status={status} asOf={asOf} now={now} isEmbedded={isEmbedded} zone={zone} isSubscribable={subscriptions.length > 0} />,
  })
}
