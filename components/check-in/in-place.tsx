'use client'
/** What settles a topic at once, beside the takes that every topic has: closing its action, rolling back, a new target date, lifting a rejection, resuming, approving its waiver. */
import { ASK_RESUME, askCompleteAction, askConfirmRolledBack, askLift, askRollBack } from '@/components/release/asks'
import { CommandButton } from '@/components/release/command-button'
import { useStage, why } from '@/components/release/stage'
import { Button, ButtonLink } from '@/components/ui/button'
import type { TopicView } from '@/lib/domain/check-in/view'

export function InPlace({ topic, refusal }: { topic: TopicView; refusal: string | null }) {
  const { view, open } = useStage()
  const actionId = topic.key?.split(' action ')[1]
  const gate = topic.gateId === null ? undefined : view.gates.find((one) => one.id === topic.gateId)
  const action = actionId === undefined ? undefined : view.actions.find((one) => one.id === actionId && !one.done)
  return (
    <p className="mt-3 flex flex-wrap gap-2">
      {topic.href !== null && <ButtonLink size="s" href={topic.href}>{topic.itemId !== null ? `Open item ${topic.itemId}` : topic.kind === 'confirmation' ? 'Open the decision' : topic.gateNumber === null ? 'Open the release' : `Open gate ${topic.gateNumber}`}</ButtonLink>}
      {action && <Button size="s" refusal={refusal} onClick={() => open({ kind: 'ask', ask: askCompleteAction(action) })}>Close the action</Button>}
      {topic.kind === 'at-risk' && <Button size="s" look="danger" refusal={why(view, 'roll-back')} onClick={() => open({ kind: 'ask', ask: askRollBack(view) })}>Roll back</Button>}
      {topic.kind === 'rolling-back' && <Button size="s" refusal={why(view, 'confirm-rolled-back')} onClick={() => open({ kind: 'ask', ask: askConfirmRolledBack(view) })}>Confirm rolled back</Button>}
      {topic.key?.endsWith(' target') && <Button size="s" refusal={why(view, 'change')} onClick={() => open({ kind: 'change', part: 'target' })}>Change the date</Button>}
      {gate?.rejections.filter((one) => one.lifted === null).map((one) => {
        const how = one.by.id === view.viewer.personId ? 'withdraw' : 'override'
        return <Button key={one.id} size="s" refusal={why(view, `${how}-rejection:${one.id}`)} onClick={() => open({ kind: 'ask', ask: askLift(gate, one.id, how) })}>{how === 'withdraw' ? 'Withdraw the rejection' : `Override ${one.by.name}’s rejection`}</Button>
      })}
      {topic.kind === 'held' && view.hold && <Button size="s" refusal={why(view, 'resume')} onClick={() => open({ kind: 'ask', ask: ASK_RESUME })}>Resume</Button>}
      {topic.kind === 'waiver' && topic.itemId !== null && view.can[`approve-waiver:${topic.itemId}`] !== undefined && (
        <CommandButton size="s" probe={`approve-waiver:${topic.itemId}`} command={{ type: 'approve-waiver', itemId: topic.itemId }} done="The waiver is approved.">Approve the waiver</CommandButton>
      )}
    </p>
  )
}
