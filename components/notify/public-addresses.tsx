'use client'
/** Where the public facts can be read by programs, calendars and other pages, each address ready to copy. */
import { AppLink } from '@/components/ui/app-link'
import { CopyButton } from '@/components/ui/copy-button'
import { Row, Rows, Surface, SurfaceHead } from '@/components/ui/surface'
import type { StatusEditorView } from '@/lib/domain/status/editor-view'

export function PublicAddresses({ origin, components }: Pick<StatusEditorView, 'origin' | 'components'>) {
  const addresses = [
    { name: 'Feed', words: 'What went wrong and what is planned, for feed readers', text: `${origin}/status/history.atom` },
    { name: 'Calendar', words: 'Planned releases, to subscribe to', text: `${origin}/status/releases.ics` },
    { name: 'JSON', words: 'In the shape of the Statuspage API', text: `${origin}/api/v2/summary.json` },
    { name: 'Embed', words: 'A frame for a page of yours', text: `<iframe src="${origin}/status/embed" title="Model status" width="100%" height="400"></iframe>` },
  ]
  return (
    <Surface aria-label="For machines and other pages">
      <SurfaceHead title="For machines and other pages" />
      <Rows aria-label="Public addresses">
        {addresses.map(({ name, words, text }) => <Address key={name} name={name} words={words} text={text} />)}
        {components.map(({ id, name }) => (
          <Address key={id} name={`Badge: ${name}`} words="Markdown for a README; shields.io reads the same address with .json" text={`[![${name.replace(/[[\]\\]/g, '')}](${origin}/status/badge/${id}.svg)](${origin}/status)`} href={`/status/badge/${id}.svg`} />
        ))}
      </Rows>
    </Surface>
  )
}

function Address({ name, words, text, href }: { name: string; words: string; text: string; href?: string }) {
  return (
    <Row>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p><span className="font-medium">{name}</span> <span className="text-ink-3">{words}</span></p>
        <code className="mono text-12 break-all text-ink-2">{text}</code>
        {href !== undefined && <AppLink href={href} className="text-link text-12" prefetch={false}>Look at it</AppLink>}
      </div>
      <CopyButton text={text}  />
    </Row>
  )
}
