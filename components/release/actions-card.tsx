'use client'
/** What somebody has to do for this release: conditions of the go, causes to write down, what a check-in agreed; open ones first. */
import { lazy, Suspense, useState } from 'react'
import { Card, CardRow } from '@/components/release/card'
import { useAsk } from '@/components/release/use-ask'
import { teamName, useStage, why } from '@/components/release/stage'
import { Button } from '@/components/ui/button'
import { Time } from '@/components/ui/time'
import type { ActionView } from '@/lib/domain/release/view'
import type { ActionChanged } from '@/lib/domain/work/view'

const MoveAction = lazy(async () => ({ default: (await import('@/components/work/move-action')).MoveAction }))

const SOURCES: Readonly<Record<string, string>> = { condition: 'condition of the go', decision: 'follows from', 'roll-back': 'roll-back', rejection: 'rejection', waiver: 'waiver', 'check-in': 'check-in', 'break-glass': 'break-glass', watch: 'standing watch', manual: '' }

export function ActionsCard() {
  const { view, open } = useStage()
  const isOpen = view.actions.filter((action) => !action.done)
  const done = view.actions.filter((action) => action.done)
  return (
    <Card title="Actions" count={isOpen.length} action={view.end === null && <Button look="quiet" size="s" refusal={why(view, 'add-action')} onClick={() => open({ kind: 'action' })}>Add</Button>}>
      {view.actions.length === 0 && <p className="text-12 text-ink-2">Nothing is promised to be done.</p>}
      <ul role="list">{isOpen.map((action) => <OpenAction key={action.id} action={action} />)}</ul>
      {done.length > 0 && (
        <details className="text-12 text-ink-2">
          <summary>{done.length} done</summary>
          <ul role="list">{done.map((action) => <CardRow key={action.id} aside={action.done && <Time at={action.done.at} as="day" />}>{action.title} · {action.state === 'dropped' ? 'dropped by ' : ''}{action.done?.by.name}{action.done?.note ? `: ${action.done.note}` : ''}</CardRow>)}</ul>
        </details>
      )}
    </Card>
  )
}

/** What the newest change changed, in few words; the dialog has the whole story. */
function Changed({ change, to }: { change: ActionChanged; to: string | null }) {
  return change.dueAt === to ? <>reworded: {change.reason}</> : <>moved from {change.dueAt === null ? 'no day' : <Time at={change.dueAt} as="day" />}: {change.reason}</>
}

function Measured({ view: { itemId, title, stands, at } }: { view: NonNullable<ActionView['measured']> }) {
  return <><span className={stands === 'not met' ? 'font-medium text-failed' : undefined}>{stands}</span> by {itemId} {title}{at !== null && <>, since <Time at={at} /></>}</>
}

function OpenAction({ action }: { action: ActionView }) {
  const { view } = useStage()
  const ask = useAsk()
  const [isMoving, setMoving] = useState(false)
  const source = `${SOURCES[action.source] ?? action.source}${action.source === 'decision' ? ` ${action.sourceId ?? ''}` : ''}`
  const who = action.owner?.name ?? (action.team === null ? 'nobody named' : teamName(view, action.team))
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1">
      <span className="min-w-0 flex-1 basis-40 break-words">
        {action.title}
        <span className="block text-12 text-ink-2">{who}{source && ` · ${source}`}{action.dueAt !== null && <span className={action.isOverdue ? 'font-medium text-failed' : undefined}> · {action.isOverdue ? 'was due' : 'due'} <Time at={action.dueAt} as="day" /></span>}{action.measured && <> · <Measured view={action.measured} /></>}{action.changes[0] && <> · <Changed to={action.dueAt} change={action.changes[0]} /></>}{action.snoozed && <> · asleep until <Time at={action.snoozed.until} as="day" />: {action.snoozed.reason}</>}</span>
      </span>
      <Button size="s" look="quiet" aria-label={`Change: ${action.title}`} onClick={() => setMoving(true)}>Change</Button>
      <Button size="s" look="quiet" refusal={view.can[`complete-action:${action.id}`]?.code === 'invalid' ? null : why(view, `complete-action:${action.id}`)} aria-label={`Close: ${action.title}`} onClick={() => ask((asks) => asks.askCompleteAction(action))}>Close</Button>
      <Suspense>{isMoving && <MoveAction action={{ kind: 'release', ownerId: view.id, actionId: action.id, title: action.title, source: action.source, dueAt: action.dueAt, ownerPersonId: action.owner?.id ?? null, team: action.team, isSnoozed: action.snoozed !== null, changes: action.changes, agreedDueAt: action.agreedDueAt, isReleased: action.isReleased }} people={view.people} teams={view.teams} onClose={() => setMoving(false)} />}</Suspense>
    </li>
  )
}
