'use client'
/** The one button that moves the release on from here, by its phase; when it is refused it says what stands in the way. */
import { CommandButton } from '@/components/release/command-button'
import { useAsk } from '@/components/release/use-ask'
import { useStage, why } from '@/components/release/stage'
import { Button } from '@/components/ui/button'

/** Nothing where the next step is a gate's own work. */
export function NextAction() {
  const { view, open } = useStage()
  const ask = useAsk()
  if (view.end) return null
  if (view.phase === 'rolling-back') return <Button look="primary" refusal={why(view, 'confirm-rolled-back')} onClick={() => ask((asks) => asks.askConfirmRolledBack(view))}>Confirm rolled back</Button>
  if (view.hold) return <Button look="primary" refusal={why(view, 'resume')} onClick={() => ask((asks) => asks.ASK_RESUME)}>Resume</Button>
  if (view.phase === 'ready') return <Button look="primary" refusal={why(view, 'decide:go')} onClick={() => open({ kind: 'decision', decide: 'go' })}>Record the go</Button>
  if (view.phase === 'approved') return <CommandButton look="primary" probe="start-rollout" command={{ type: 'start-rollout' }}>Start the rollout</CommandButton>
  if (view.phase !== 'rolling-out' && view.phase !== 'soaking') return null
  const isAsked = view.standingDown !== null || view.steps.some((step) => step.status === 'asked')
  if (isAsked) return <Button look="primary" refusal={why(view, 'confirm-live')} onClick={() => ask((asks) => asks.askConfirmLive(view))}>{view.standingDown ? 'Confirm 0 %' : `Confirm ${view.steps.find((step) => step.status === 'asked')?.share ?? ''} %`}</Button>
  const next = view.steps.find((step) => step.status === 'later')
  return next ? <CommandButton look="primary" probe="advance" command={{ type: 'advance' }}>Advance to {next.share} %</CommandButton> : null
}
