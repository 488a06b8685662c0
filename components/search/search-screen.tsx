/** What was found in everything that people wrote: each hit with what it is, whose it is, and the words in their sentence. */
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'
import { EmptyState } from '@/components/ui/small'
import { PageHead, Rows, Surface } from '@/components/ui/surface'
import type { HitView, SearchView } from '@/lib/domain/search/view'

/** The address holds the query, so a search can be shared, and it works without script. */
export function SearchScreen({ view }: { view: SearchView }) {
  const { query, hits, isCut } = view
  const count = hits.length === 1 ? '1 text' : `${isCut ? 'The best ' : ''}${hits.length} texts`
  return (
    <>
      <PageHead title="Search" lead={query === '' ? 'Decisions, minutes, notes, evidence, comments and documents, in the words of who wrote them.' : hits.length === 0 ? <>Nothing with all of <b>{query}</b>.</> : <>{count} with <b>{query}</b>.</>} />
      <form role="search" aria-label="Everything" action="/search" className="mb-4 flex max-w-2xl items-end gap-3">
        <Field label="Words" isLabelHidden className="flex-1">{(control) => <TextInput {...control} type="search" name="q" placeholder="Words that occur in it" maxLength={200} defaultValue={query} key={query} />}</Field>
        <Button look="primary" type="submit">Search</Button>
      </form>
      <Surface aria-label="Found">
        {hits.length === 0
          ? <EmptyState title={query === '' ? 'What are you looking for?' : 'No text has all of these words'}>{query === '' ? 'Every word must occur; the last may be the beginning of one. Names of people are not searched.' : 'Try fewer words or their beginning. Quotation marks, stars and words such as OR have no meaning of their own. Erased texts are never found.'}</EmptyState>
          : <Rows>{hits.map((hit) => <Hit key={hit.seal} hit={hit} />)}</Rows>}
      </Surface>
    </>
  )
}

function Hit({ hit }: { hit: HitView }) {
  return (
    <li className="flex flex-col gap-1 px-4 py-3">
      <p className="flex flex-wrap items-baseline gap-x-2"><AppLink href={hit.href} className="text-link font-medium" prefetch={false}>{hit.label}</AppLink><span className="text-12 text-ink-2">{hit.owner}</span></p>
      <p className="max-w-prose break-words text-ink-2">{hit.excerpt.map((piece, index) => (piece.isHit ? <mark key={index} className="bg-open-bg font-medium text-ink">{piece.text}</mark> : <span key={index}>{piece.text}</span>))}</p>
    </li>
  )
}
