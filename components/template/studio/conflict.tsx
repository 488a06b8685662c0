'use client'
/** Somebody else saved a newer revision meanwhile: shows theirs and the own changes, and goes on with both, or with one of them. */
import { useQuery } from '@tanstack/react-query'
import { ChangeList } from '@/components/template/change-list'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/small'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { revisionQuery } from '@/lib/client/templates'
import { changesOf } from '@/lib/domain/template/changes'
import { mergeContent } from '@/lib/domain/template/merge'
import { type TemplateContent, bareContent } from '@/lib/domain/template/template'
import type { TemplateView } from '@/lib/domain/template/view'

interface ConflictProps {
  view: TemplateView
  /** The revision that the draft began with. */
  base: number
  mine: TemplateContent
  goOn: (content: TemplateContent) => void
}

export function Conflict({ view, base, mine, goOn }: ConflictProps) {
  const { data } = useQuery(revisionQuery(view.id, base))
  const nameOf = (team: string) => view.teams.find((one) => one.id === team)?.name ?? team
  const theirs = bareContent(view.content)
  const newest = view.revisions[0]
  if (!data) return <Skeleton className="h-32 w-full" />
  const from = bareContent(data)
  const merged = mergeContent(from, mine, theirs, 'mine')
  return (
    <Surface aria-label="A newer revision" className="border-waiting">
      <SurfaceHead title={`Revision ${view.content.revision} was saved meanwhile${newest ? ` by ${newest.byName}` : ''}`} />
      <div className="flex flex-col gap-3 px-4 py-3">
        <p>{newest?.reason && <>&ldquo;{newest.reason}&rdquo; </>}Your draft began with revision {base}; nothing of it is lost. {merged.both.length === 0 ? 'You changed different things, so that both fit together.' : `You both changed ${merged.both.slice(0, 5).join(', ')}${merged.both.length > 5 ? ` and ${merged.both.length - 5} more` : ''}.`}</p>
        <div className="flex flex-wrap gap-2">
          <Button look="primary" onClick={() => goOn(merged.content)}>{merged.both.length === 0 ? 'Take both' : 'Take both, mine where both changed'}</Button>
          {merged.both.length > 0 && <Button onClick={() => goOn(mergeContent(from, mine, theirs, 'theirs').content)}>Take both, theirs where both changed</Button>}
          <Button look="quiet" onClick={() => goOn(theirs)}>Take theirs only</Button>
        </div>
      </div>
      <div className="grid border-t border-line lg:grid-cols-2 lg:divide-x lg:divide-line">
        <div className="min-w-0"><h3 className="px-4 pt-3 text-13 text-ink-2">Theirs, since revision {base}</h3><ChangeList changes={changesOf(from, theirs, nameOf)} empty="Nothing that you can see." /></div>
        <div className="min-w-0"><h3 className="px-4 pt-3 text-13 text-ink-2">Yours, since revision {base}</h3><ChangeList changes={changesOf(from, mine, nameOf)} empty="Nothing yet." /></div>
      </div>
    </Surface>
  )
}
