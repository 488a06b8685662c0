'use client'
/** What waits for me and my teams, grouped by what there is to do; each line leads to its place, actions are closed and moved here. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { SentenceParts } from '@/components/board/sentence'
import { Mark } from '@/components/gate/mark'
import { TeamMark } from '@/components/gate/team-mark'
import { AppLink } from '@/components/ui/app-link'
import { Button, ButtonLink } from '@/components/ui/button'
import { EmptyState, FilterChip } from '@/components/ui/small'
import { PageHead, Rows, Surface, SurfaceHead } from '@/components/ui/surface'
import { Since, Time } from '@/components/ui/time'
import { workQuery } from '@/lib/client/queries'
import type { MarkState, TeamShape } from '@/lib/domain/rail'
import type { DigestChange, WorkGroup, WorkLine } from '@/lib/domain/work/view'

const CloseAction = lazy(async () => ({ default: (await import('@/components/work/close-action')).CloseAction }))
const MoveAction = lazy(async () => ({ default: (await import('@/components/work/move-action')).MoveAction }))

const MARKS: Readonly<Record<WorkLine['todo'], MarkState>> = { sign: 'open', agree: 'waived', confirm: 'soaking', answer: 'held', act: 'waiting' }
const TODO_WORDS: Readonly<Record<WorkLine['todo'], string>> = { sign: 'to sign', agree: 'to agree', confirm: 'to confirm', answer: 'to answer', act: 'to do' }

type Shapes = Readonly<Record<string, TeamShape>>

interface LineProps {
  line: WorkLine
  shapes: Shapes
  teamName: (team: string) => string
  onClose: (line: WorkLine) => void
  onMove: (line: WorkLine) => void
}

function Line({ line, shapes, teamName, onClose, onMove }: LineProps) {
  const isLater = line.lateAt !== null && line.dueAt !== null && line.lateAt !== line.dueAt && line.kind !== 'decision'
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <span className="pt-px"><Mark state={line.isOverdue && line.snoozedUntil === null ? 'risk' : MARKS[line.todo]} size={16} label={line.isOverdue ? `overdue, ${TODO_WORDS[line.todo]}` : TODO_WORDS[line.todo]} /></span>
      <div className="min-w-0 flex-1 basis-56">
        <AppLink href={line.href} className="font-medium break-words underline decoration-line-strong underline-offset-2 hover:decoration-current">{line.title}</AppLink>
        <p className="text-12 break-words text-ink-2">
          {line.code !== '' && <span className="mono">{line.code}</span>}{line.code !== '' && line.modelName !== '' && ` ${line.modelName}`}{line.code !== '' && line.detail !== '' && ' · '}{line.detail}
          {line.snoozedUntil !== null && <> · asleep until <Time at={line.snoozedUntil} as="day" />{line.snoozeReason ? `: ${line.snoozeReason}` : ''}</>}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-3 text-12 text-ink-2 max-sm:pl-8">
        {line.isMine ? <span>yours</span> : line.team !== null && <TeamMark shape={shapes[line.team] ?? 'disc'} name={teamName(line.team)} />}
        {line.dueAt !== null && <span className={line.isOverdue ? 'font-medium text-failed' : undefined}>{line.isOverdue ? 'was due' : 'due'} <Time at={line.dueAt} as="day" />{isLater && line.lateAt !== null && <>, no working day: <Time at={line.lateAt} as="day" /></>}</span>}
        {line.since !== null && line.kind !== 'mention' && <span>waits <Since at={line.since} /></span>}
        {line.since !== null && line.kind === 'mention' && <Time at={line.since} />}
        {line.action && <Button size="s" look="quiet" aria-label={`Change: ${line.title}`} onClick={() => onMove(line)}>Change</Button>}
        {line.action && <Button size="s" aria-label={`Close: ${line.title}`} onClick={() => onClose(line)}>Close</Button>}
      </div>
    </li>
  )
}

function fits(line: WorkLine, who: string): boolean {
  return who === '' || (who === 'me' ? line.isMine : !line.isMine && line.team === who)
}

/** What sleeps does not count: it comes back by itself. */
function countOf(groups: readonly WorkGroup[], who: string): number {
  return groups.reduce((sum, group) => sum + (group.key === 'snoozed' ? 0 : group.lines.filter((line) => fits(line, who)).length), 0)
}

export function WorkScreen({ shapes }: { shapes: Shapes }) {
  const { data } = useSuspenseQuery(workQuery())
  const asked = useSearchParams().get('for') ?? ''
  const [closing, setClosing] = useState<WorkLine | null>(null)
  const [moving, setMoving] = useState<WorkLine | null>(null)
  const who = asked === 'me' || data.teams.some((one) => one.team === asked) ? asked : ''
  const teamName = (team: string) => data.allTeams.find((one) => one.id === team)?.name ?? team
  const groups = data.groups.map((group) => ({ ...group, lines: group.lines.filter((line) => fits(line, who)) })).filter((group) => group.lines.length > 0)
  const isTeamless = data.teams.length === 0 && data.total === 0
  return (
    <>
      <PageHead title="My work" lead={<SentenceParts parts={data.sentence} />} />
      {data.teams.length > 0 && (
        <nav aria-label="For whom" className="mb-4 flex flex-wrap gap-2">
          <FilterChip href="/my-work" isOn={who === ''} count={data.total}>Everything</FilterChip>
          <FilterChip href="/my-work?for=me" isOn={who === 'me'} count={countOf(data.groups, 'me')}>Yours alone</FilterChip>
          {data.teams.map((one) => <FilterChip key={one.team} href={`/my-work?for=${one.team}`} isOn={who === one.team} count={countOf(data.groups, one.team)}>{one.name}</FilterChip>)}
        </nav>
      )}
      <div className="flex flex-col gap-4">
        {isTeamless ? (
          <Surface><EmptyState title="You are in no team yet." action={<ButtonLink href="/">Look at the board</ButtonLink>}>What waits for a team shows here for its members. An admin can add you to one.</EmptyState></Surface>
        ) : groups.length === 0 && (
          <Surface><EmptyState title={who === '' ? 'Nothing waits for you.' : 'Nothing waits here.'} action={<ButtonLink href="/">Look at the board</ButtonLink>}>Sign-offs, waivers to agree to, decisions to confirm, mentions and actions show here as soon as they wait for you or your team.</EmptyState></Surface>
        )}
        {groups.map((group) => (
          <Group key={group.key} group={group}>{(line) => <Line key={line.id} line={line} shapes={shapes} teamName={teamName} onClose={setClosing} onMove={setMoving} />}</Group>
        ))}
        <Changes changes={data.changes} />
      </div>
      <Suspense>
        {closing?.action && <CloseAction line={closing} action={closing.action} onClose={() => setClosing(null)} />}
        {moving?.action && (
          <MoveAction action={{ ...moving.action, title: moving.title, dueAt: moving.dueAt, isSnoozed: moving.snoozedUntil !== null }} people={data.people} teams={data.allTeams} onClose={() => setMoving(null)} />
        )}
      </Suspense>
    </>
  )
}

/** Lines that a group shows at once; a thousand of them would keep a phone busy for seconds. */
const AT_ONCE = 50

function Group({ group, children }: { group: WorkGroup; children: (line: WorkLine) => ReactNode }) {
  const [most, setMost] = useState(AT_ONCE)
  const rest = group.lines.length - most
  return (
    <Surface aria-label={group.name}>
      <SurfaceHead title={group.name} note={group.lines.length}><span className="hidden text-12 text-ink-2 sm:inline">{group.hint}</span></SurfaceHead>
      <Rows>{group.lines.slice(0, most).map(children)}</Rows>
      {rest > 0 && <div className="border-t border-line px-4 py-3"><Button onClick={() => setMost(most + 4 * AT_ONCE)}>{rest > 4 * AT_ONCE ? `Show ${4 * AT_ONCE} more of ${rest}` : `Show the other ${rest}`}</Button></div>}
    </Surface>
  )
}

const MOST_CHANGES = 12

function Changes({ changes }: { changes: readonly DigestChange[] }) {
  const [isAll, setAll] = useState(false)
  if (changes.length === 0) return null
  const shown = isAll ? changes : changes.slice(0, MOST_CHANGES)
  return (
    <Surface aria-label="Since yesterday">
      <SurfaceHead title="Since yesterday" note={changes.length}><span className="hidden text-12 text-ink-2 sm:inline">What others did where you are named, or your team is waited for.</span></SurfaceHead>
      <Rows>
        {shown.map((change, i) => (
          <li key={`${change.at} ${i}`} className="flex flex-wrap items-baseline gap-x-4 px-4 py-2">
            <AppLink href={change.href} className="min-w-0 flex-1 basis-56 break-words hover:underline"><span className="mono text-ink-3">{change.code}</span> {change.words}</AppLink>
            <span className="text-12 text-ink-2"><Time at={change.at} /></span>
          </li>
        ))}
      </Rows>
      {!isAll && changes.length > MOST_CHANGES && <div className="border-t border-line px-4 py-3"><Button onClick={() => setAll(true)}>All {changes.length}</Button></div>}
    </Surface>
  )
}
