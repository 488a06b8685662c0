'use client'
/** The shared documents of a release: what they are, where they live, whether they are pinned, and which teams have reviewed them. */
import { useState } from 'react'
import { TeamMark } from '@/components/gate/team-mark'
import { Card } from '@/components/release/card'
import { CommandButton } from '@/components/release/command-button'
import { useStage, why } from '@/components/release/stage'
import { Button } from '@/components/ui/button'
import type { DocumentView } from '@/lib/domain/release/view'

// The names are their ids but for the dash; the table of providers beside them would cost the page more than it needs.
function kindName(kind: string): string {
  return (kind === 'post-mortem' ? kind : kind.replaceAll('-', ' ')).replace(/^./, (first) => first.toUpperCase())
}

export function DocumentsCard() {
  const { view, open } = useStage()
  return (
    <Card title="Documents" count={view.documents.length} action={view.end === null && <Button look="quiet" size="s" refusal={why(view, 'attach-document')} onClick={() => open({ kind: 'document' })}>Attach</Button>}>
      {view.documents.length === 0
        ? <p className="text-12 text-ink-2">Model card, runbook, dashboard: attach them by their address, so that all teams read the same ones.</p>
        : <ul role="list" className="divide-y divide-line">{view.documents.map((document) => <DocumentRow key={document.id} document={document} />)}</ul>}
    </Card>
  )
}

function DocumentRow({ document }: { document: DocumentView }) {
  const { view, send } = useStage()
  const [isOpen, setOpen] = useState(false)
  const reviewers = view.teams.filter((team) => document.reviewedBy.some((review) => review.team === team.id))
  const mine = view.teams.filter((team) => view.viewer.teams.includes(team.id) && !reviewers.includes(team))
  const href = /^https?:\/\//.test(document.url) ? document.url : null
  return (
    <li className="py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 basis-40 break-words">
          {href ? <a href={href} target="_blank" rel="noreferrer noopener" className="hover:underline">{document.title}</a> : document.title}
          <span className="block text-12 text-ink-2">{kindName(document.kind)} · {document.provider} · {document.pinnedRevision === null ? 'unpinned' : <span className="mono">{document.pinnedRevision.slice(0, 12)}</span>}</span>
        </span>
        <span className="flex items-center gap-1 text-12 text-ink-2">
          {reviewers.length > 0 ? <>{reviewers.map((team) => <TeamMark key={team.id} shape={team.shape} name={team.name} isNameHidden />)} reviewed</> : 'not reviewed'}
        </span>
        <Button look="quiet" size="s" aria-expanded={isOpen} aria-label={`More about ${document.title}`} onClick={() => setOpen(!isOpen)}>More</Button>
      </div>
      {isOpen && (
        <div className="mt-2 flex flex-wrap items-center gap-2">
          {mine.map((team) => <CommandButton key={team.id} size="s" reasonAt="start" command={{ type: 'review-document', documentId: document.id, team: team.id }}>Reviewed by {team.name}</CommandButton>)}
          <form className="flex gap-2" onSubmit={(event) => {
            event.preventDefault()
            const revision = new FormData(event.currentTarget).get('revision')
            void send({ type: 'pin-document', documentId: document.id, pinnedRevision: typeof revision === 'string' && revision.trim() !== '' ? revision.trim() : null })
          }}>
            <label className="sr-only" htmlFor={`pin-${document.id}`}>Revision of {document.title}</label>
            <input id={`pin-${document.id}`} name="revision" className="control mono w-40!" placeholder="revision" defaultValue={document.pinnedRevision ?? ''} maxLength={200} />
            <Button size="s" type="submit">Pin</Button>
          </form>
          <CommandButton size="s" look="quiet" command={{ type: 'remove-document', documentId: document.id }}>Remove</CommandButton>
        </div>
      )}
    </li>
  )
}
