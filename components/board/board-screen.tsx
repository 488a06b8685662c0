/** The board as it looks, from its view: heading and sentence, tiles, filters, groups; or what to do when there is nothing. */
import { Filters } from '@/components/board/filters'
import { SentenceParts } from '@/components/board/sentence'
import { SettledList } from '@/components/board/settled-list'
import { Tiles } from '@/components/board/tiles'
import { PaletteButton } from '@/components/shell/palette-button'
import { AppLink } from '@/components/ui/app-link'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/small'
import { PageHead, Surface } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import type { BoardFilters, BoardView } from '@/lib/domain/board'
import { formatPlural } from '@/lib/domain/format'

/** In: the view, the filters that it answers, and a key that changes with them. */
export function BoardScreen({ view, filters, listKey }: { view: BoardView; filters: BoardFilters; listKey: string }) {
  return (
    <>
      <PageHead title="Board" lead={<Lead view={view} />}>
        <PaletteButton />
        <ButtonLink href="/releases/new" look="primary" refusal={view.openRefusal}>Open release</ButtonLink>
      </PageHead>
      {view.total === 0 ? (
        <Empty refusal={view.openRefusal} />
      ) : (
        <>
          <Tiles tiles={view.tiles} filters={filters} />
          <Filters view={view} filters={filters} />
          {view.shown === 0 ? (
            <Surface className="mt-4">
              <EmptyState title="No release matches these filters." action={<ButtonLink href="/">Show all {view.total} in flight</ButtonLink>} />
            </Surface>
          ) : (
            <SettledList groups={view.groups} frames={view.rails} listKey={listKey} />
          )}
        </>
      )}
    </>
  )
}

function Lead({ view }: { view: BoardView }) {
  const { nextCheckIn } = view
  return (
    <>
      <SentenceParts parts={view.sentence} />
      {nextCheckIn && (
        <>
          {nextCheckIn.isRunning ? ' Running now: the check-in of ' : ' Next check-in '}<AppLink href={`/check-ins/${nextCheckIn.id}`} className="font-medium text-ink underline decoration-line-strong underline-offset-2"><Time at={nextCheckIn.at} as="moment" /></AppLink>, agenda has {formatPlural(nextCheckIn.lines, 'line')}.
        </>
      )}
    </>
  )
}

function Empty({ refusal }: { refusal: string | null }) {
  return (
    <Surface>
      <EmptyState
        title="No release is in flight."
        action={
          <>
            <ButtonLink href="/models">Models</ButtonLink>
            <ButtonLink href="/environments">Environments</ButtonLink>
            {refusal !== null && <ButtonLink href="/settings/people">People</ButtonLink>}
          </>
        }
      >
        A release takes one model version into one environment, through gates that each team owns. Register both first.
        {refusal !== null && <span className="mt-2 block text-ink">{refusal}</span>}
      </EmptyState>
    </Surface>
  )
}
