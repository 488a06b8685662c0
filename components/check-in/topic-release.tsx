'use client'
/** A topic of a release: its sentence and rail as they are now, and the release's own dialogs; what they record is noted as taken at this check-in. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import { v7 as uuid } from 'uuid'
import { sentenceParts } from '@/components/board/sentence'
import { Rail } from '@/components/gate/rail'
import { InPlace } from '@/components/check-in/in-place'
import { prepared } from '@/components/check-in/prepared'
import { TakeBar, type TakeKey } from '@/components/check-in/take-bar'
import { ASK_HOLD } from '@/components/release/asks'
import type { DialogRequest } from '@/components/release/dialog-request'
import { Dialogs } from '@/components/release/dialogs/dialogs'
import { firstGate, itemOf, StageProvider, why, type Stage } from '@/components/release/stage'
import { showToast } from '@/components/shell/toasts'
import { Problem } from '@/components/ui/problem'
import { Skeleton } from '@/components/ui/small'
import { said } from '@/components/ui/said'
import { useCommand, type CommandHandle } from '@/lib/client/commands'
import { releaseQuery } from '@/lib/client/queries'
import type { TopicView } from '@/lib/domain/check-in/view'
import type { ReleaseCommand } from '@/lib/domain/release/commands'
import type { ReleaseView } from '@/lib/domain/release/view'

interface TopicReleaseProps {
  checkInId: string
  topic: TopicView
  code: string
  /** Why this person may not run the check-in; null when they may. */
  refusal: string | null
  onPark: () => void
  /** What is written under the topic now. */
  noteText: string
  /** The notes, between where the release stands and what can be taken. */
  children: ReactNode
}

/** Reads the release and shows it once it is there. */
export function TopicRelease(props: TopicReleaseProps) {
  const { data: view, error } = useQuery(releaseQuery(props.code))
  if (error) return <Problem refusal={{ message: `${props.code} cannot be read: ${error.message}` }} />
  if (!view) return <><div className="flex flex-col gap-3" aria-busy="true"><Skeleton className="h-6 w-3/4" /><Skeleton className="h-14 w-full" /></div>{props.children}</>
  return <OnStage key={view.id} {...props} view={view} />
}

function OnStage({ checkInId, topic, code, refusal, onPark, noteText, view, children }: TopicReleaseProps & { view: ReleaseView }) {
  const client = useQueryClient()
  const { queryKey } = releaseQuery(code)
  const release = useCommand('release', view.id, queryKey)
  const checkIn = useCommand('check-in', checkInId)
  const [request, setRequest] = useState<{ readonly request: DialogRequest; readonly key: number } | null>(null)
  const [isOpen, setOpen] = useState(false)
  const gateId = topic.gateId !== null && view.gates.some((gate) => gate.id === topic.gateId) ? topic.gateId : firstGate(view)
  const runRelease = release.run
  const runCheckIn = checkIn.run

  const open = useCallback((next: DialogRequest) => {
    setRequest((before) => ({ request: next, key: (before?.key ?? 0) + 1 }))
    setOpen(true)
  }, [])
  const send = useCallback(async (command: ReleaseCommand) => {
    const before = client.getQueryData(queryKey) ?? view
    const ran = await runRelease('checkInId' in command ? { ...command, checkInId } : { ...command })
    if (!ran.ok) {
      if (ran.refusal.code === 'stale') await client.invalidateQueries({ queryKey })
      return ran.refusal
    }
    for (const taken of takenBy(command, before, client.getQueryData(queryKey) ?? before)) await noteTaken(runCheckIn, view.id, topic.id, taken)
    return null
  }, [client, queryKey, view, runRelease, runCheckIn, checkInId, topic.id])
  const select = useCallback(() => undefined, [])
  // the second key may follow at once
  useEffect(() => { void Promise.all([import('@/components/release/dialogs/action-dialog'), import('@/components/release/dialogs/decision-dialog'), import('@/components/release/dialogs/sign-off-dialog'), import('@/components/release/dialogs/ask-dialog')]) }, [])
  const stage = useMemo((): Stage => ({ view, send, open, gateId, select }), [view, send, open, gateId, select])

  const item = topic.itemId === null ? undefined : itemOf(view, topic.itemId)
  const refusals = {
    decision: refusal, action: refusal ?? why(view, 'add-action'), 'sign-off': refusal ?? why(view, `sign-off:${gateId}`), hold: refusal ?? why(view, 'hold'), park: refusal,
  }
  const from = prepared(topic, noteText)
  const isGo = topic.kind === 'decision' || view.phase === 'ready'
  const act = (key: TakeKey) => {
    if (key === 'park') onPark()
    else if (key === 'action') open({ kind: 'action', prepared: from })
    else if (key === 'sign-off') open({ kind: 'sign-off', gateId, isPrepared: true })
    else if (key === 'hold') open({ kind: 'ask', ask: { ...ASK_HOLD, start: from.title, isOneLine: true } })
    else open({ kind: 'decision', decide: isGo ? 'go' : 'choice', prepared: isGo ? { ...from, title: `Go for ${view.model.name} ${view.candidate.label}` } : from, ...(item?.computed === 'environment-choice' ? { itemId: item.id } : {}) })
  }
  return (
    <StageProvider value={stage}>
      <p aria-live="polite" className="text-16 break-words text-ink-2">{sentenceParts(view.sentence, said)}</p>
      <div className="mt-4 min-w-0 overflow-x-auto"><Rail model={view.rail} size="board" /></div>
      <InPlace topic={topic} refusal={refusal} />
      {children}
      <TakeBar refusals={refusals} onAct={act} isPaused={isOpen} />
      {request && <Dialogs key={request.key} request={request.request} isOpen={isOpen} onClose={() => setOpen(false)} />}
    </StageProvider>
  )
}

interface NewRecord {
  readonly kind: 'decision' | 'action' | 'sign-off' | 'hold'
  readonly reference: string
}

/** What a command put on the release: found by comparing, because numbers are given by the server. */
function takenBy(command: ReleaseCommand, before: ReleaseView, after: ReleaseView): readonly NewRecord[] {
  if (command.type === 'add-action') return [{ kind: 'action', reference: command.actionId }]
  if (command.type === 'sign-off') return [{ kind: 'sign-off', reference: command.gateId }]
  const known = new Set(before.decisions.map((decision) => decision.number))
  return after.decisions.filter((decision) => !known.has(decision.number) && decision.by.id === after.viewer.personId)
    .map((decision) => ({ kind: decision.kind === 'hold' ? 'hold' : 'decision', reference: `D-${decision.number}` }))
}

async function noteTaken(run: CommandHandle['run'], releaseId: string, topicId: string, record: NewRecord): Promise<void> {
  const ran = await run({ type: 'take', takenId: uuid(), topicId, kind: record.kind, releaseId, reference: record.reference })
  if (!ran.ok && ran.refusal.code !== 'exists') showToast({ message: `It is recorded on the release, but not in these minutes: ${ran.refusal.message}`, isFailure: true })
}
