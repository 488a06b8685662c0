'use client'
/** What waits for me and for my teams: overdue first, each line a link to the exact place; actions are closed here. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { SentenceParts } from '@/components/board/sentence'
import { Mark } from '@/components/gate/mark'
import { TeamMark } from '@/components/gate/team-mark'
import { CloseAction } from '@/components/work/close-action'
import { AppLink } from '@/components/ui/app-link'
import { Button, ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/small'
import { PageHead, Rows, Surface, SurfaceHead } from '@/components/ui/surface'
import { Since, Time } from '@/components/ui/time'
import { workQuery } from '@/lib/client/queries'
import type { MarkState, TeamShape } from '@/lib/domain/rail'
import type { WorkLine } from '@/lib/domain/release/work'

const KINDS: Readonly<Record<WorkLine['kind'], readonly [string, MarkState]>> = {
  gate: ['Gate', 'waiting'], 'sign-off': ['Sign-off', 'open'], item: ['Item', 'waiting'], action: ['Action', 'open'], mention: ['Mention', 'later'], approval: ['Approval', 'open'],
}

function Line({ line, onClose }: { line: WorkLine; onClose: (line: WorkLine) => void }) {
  const [word, mark] = KINDS[line.kind]
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <span className="pt-px"><Mark state={line.isOverdue ? 'risk' : mark} size={16} label={line.isOverdue ? 'overdue' : word} /></span>
      <div className="min-w-0 flex-1 basis-56">
        <AppLink href={line.href} className="font-medium break-words underline decoration-line-strong underline-offset-2 hover:decoration-current">{line.title}</AppLink>
        <p className="text-12 break-words text-ink-2">
          {line.code !== '' && <span className="mono">{line.code}</span>}{line.code !== '' && line.modelName !== '' && ` ${line.modelName}`}{line.code !== '' && line.detail !== '' && ' · '}{line.detail}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-3 text-12 text-ink-2">
        {line.dueAt !== null && <span className={line.isOverdue ? 'font-medium text-failed' : undefined}>{line.isOverdue ? 'was due' : 'due'} <Time at={line.dueAt} as="day" /></span>}
        {line.since !== null && line.kind !== 'mention' && <span>waits <Since at={line.since} /></span>}
        {line.since !== null && line.kind === 'mention' && <Time at={line.since} />}
        {line.action && <Button size="s" aria-label={`Close: ${line.title}`} onClick={() => onClose(line)}>Close</Button>}
      </div>
    </li>
  )
}


export function WorkScreen({ shapes }: { shapes: Readonly<Record<string, TeamShape>> }) {
  const { data } = useSuspenseQuery(workQuery())
  const [closing, setClosing] = useState<WorkLine | null>(null)
  const isEmpty = data.mine.length === 0 && data.teams.every((team) => team.lines.length === 0)
  return (
    <>
      <PageHead title="My work" lead={<SentenceParts parts={data.sentence} />} />
      {isEmpty && data.teams.length === 0 ? (
        <Surface><EmptyState title="You are in no team yet." action={<ButtonLink href="/">Look at the board</ButtonLink>}>What waits for a team shows here for its members. An admin can add you to one.</EmptyState></Surface>
      ) : (
        <div className="flex flex-col gap-4">
          <Surface aria-label="For you">
            <SurfaceHead title="For you" note={data.mine.length} />
            {data.mine.length === 0 ? <p className="px-4 py-3 text-ink-2">Nothing is assigned to you, no action is yours, nobody mentions you.</p> : <Rows>{data.mine.map((line) => <Line key={line.id} line={line} onClose={setClosing} />)}</Rows>}
          </Surface>
          {data.teams.map((team) => (
            <Surface key={team.team} aria-label={`For ${team.name}`}>
              <SurfaceHead title={<TeamMark shape={shapes[team.team] ?? 'disc'} name={team.name} />} note={team.lines.length} />
              {team.lines.length === 0 ? <p className="px-4 py-3 text-ink-2">The ball is not with {team.name}.</p> : <Rows>{team.lines.map((line) => <Line key={line.id} line={line} onClose={setClosing} />)}</Rows>}
            </Surface>
          ))}
        </div>
      )}
      {closing?.action && <CloseAction line={closing} action={closing.action} onClose={() => setClosing(null)} />}
    </>
  )
}
