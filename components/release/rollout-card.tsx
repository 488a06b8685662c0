'use client'
/** The rollout: its steps with share and soak, what the current one still needs, and every way on, back and out. */
import { useAsk } from '@/components/release/use-ask'
import { useStage, why } from '@/components/release/stage'
import { Mark } from '@/components/gate/mark'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { classes } from '@/components/ui/class-names'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { said } from '@/components/ui/said'
import { Since, Time } from '@/components/ui/time'
import { formatCount, formatDuration } from '@/lib/domain/format'
import type { MarkState } from '@/lib/domain/rail'
import type { SoakReading } from '@/lib/domain/release/soak'
import type { ReleaseView, StepView } from '@/lib/domain/release/view'

const MINUTE = 60_000

function stepMark(view: ReleaseView, step: StepView): MarkState {
  if (step.status === 'done') return 'passed'
  if (step.status === 'later') return 'later'
  if (view.atRisk.length > 0) return 'risk'
  if (step.status === 'asked') return 'waiting'
  return view.soak?.isDone ? 'passed' : view.soak?.condition === 'unmeasured' ? 'no-data' : 'soaking'
}

/** Shown from the go on; before it the steps stand in the details. */
export function RolloutCard() {
  const { view } = useStage()
  const ask = useAsk()
  const isOn = view.phase === 'approved' || view.phase === 'rolling-out' || view.phase === 'soaking' || view.phase === 'rolling-back'
  if (!isOn) return null
  const current = view.steps.find((step) => step.status === 'live' || step.status === 'asked')
  const isRollingBack = view.phase === 'rolling-back'
  return (
    <Surface aria-labelledby="rollout-title">
      <SurfaceHead title={<span id="rollout-title">Rollout to {view.environment.name}</span>} note={view.share ? <>{view.share.percent} % seen <Time at={view.share.at} /></> : undefined} />
      <ol className="grid gap-px bg-line sm:grid-cols-[repeat(auto-fit,minmax(132px,1fr))]">
        {view.steps.map((step) => <Step key={step.index} step={step} view={view} />)}
      </ol>
      {current && view.soak && !isRollingBack && <Soak soak={view.soak} restarts={current.restarts} />}
      {view.standingDown && <p className="border-t border-line px-4 py-2 text-ink-2">Standing down for <Since at={view.standingDown.at} />, asked by {view.standingDown.by.name}: {view.standingDown.reason}</p>}
      {view.nextStepBlockers.length > 0 && !isRollingBack && (
        <div className="border-t border-line px-4 py-2">
          <p className="text-12 text-ink-2">Before the next step:</p>
          <ul className="list-disc pl-4">
            {view.nextStepBlockers.map((blocker, i) => (
              <li key={`${blocker.code}-${i}`}>{blocker.itemId ? <AppLink className="text-link" href={`#item-${blocker.itemId}`}>{said(blocker.message)}</AppLink> : blocker.gateId ? <AppLink className="text-link" href={`#gate-${blocker.gateId}`}>{said(blocker.message)}</AppLink> : said(blocker.message)}</li>
            ))}
          </ul>
        </div>
      )}
      {!isRollingBack && current && (
        <footer className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-3">
          {current?.status === 'asked' && !view.standingDown && <span className="text-12 text-ink-3">or wait for the metric or the pipeline to say it</span>}
          {current?.status === 'live' && view.soak && !view.soak.isDone && <Button reasonAt="start" refusal={why(view, 'end-soak')} onClick={() => ask((asks) => asks.ASK_END_SOAK)}>End the soak early</Button>}
          {current && !view.standingDown && <Button refusal={why(view, 'stand-down')} onClick={() => ask((asks) => asks.ASK_STAND_DOWN)}>Stand down</Button>}
          {current?.status === 'live' && view.standingDown && <Button onClick={() => ask((asks) => asks.askConfirmLive(view))}>Confirm 0 %</Button>}
        </footer>
      )}
    </Surface>
  )
}

function Step({ step, view }: { step: StepView; view: ReleaseView }) {
  const isCurrent = step.status === 'live' || step.status === 'asked'
  return (
    <li aria-current={isCurrent ? 'step' : undefined} className={classes('px-4 py-3', isCurrent ? 'bg-sunken' : 'bg-surface')}>
      <p className="flex items-center gap-2 font-medium"><Mark state={stepMark(view, step)} size={16} label={step.status} /> {step.share} %</p>
      <p className="text-12 text-ink-2">{step.soakMinutes > 0 ? said(`soaks ${formatDuration(step.soakMinutes * MINUTE)}`) : 'no soak'}{step.minimumRequests > 0 && <> · <span className="whitespace-nowrap">{formatCount(step.minimumRequests)} requests</span></>}</p>
      <p className="text-12 text-ink-2">
        {step.status === 'asked' && step.askedAt && <>asked for <Since at={step.askedAt} />, not seen yet</>}
        {step.status === 'live' && step.liveAt && <>live <Time at={step.liveAt} />{step.liveBy && `, ${{ metric: 'seen by metric', pipeline: 'said by the pipeline', confirmed: 'confirmed' }[step.liveBy] ?? step.liveBy}`}</>}
        {step.status === 'done' && step.soakedAt && <>soaked <Time at={step.soakedAt} /></>}
      </p>
    </li>
  )
}

function Bar({ label, done, needed, words }: { label: string; done: number; needed: number; words: string }) {
  const share = needed > 0 ? Math.min(1, done / needed) : 1
  return (
    <div className="min-w-0 flex-1 basis-48">
      <p className="flex justify-between gap-2 text-12"><span className="text-ink-2">{label}</span><span>{words}</span></p>
      <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.floor(share * 100)} className="mt-1 h-1 overflow-hidden rounded-full bg-idle-bg">
        <div className="h-full rounded-full bg-ink-2" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  )
}

function Soak({ soak, restarts }: { soak: SoakReading; restarts: number }) {
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-2 border-t border-line px-4 py-3">
      <Bar label="Steady" done={soak.creditMs} needed={soak.neededMs} words={`${formatDuration(Math.min(soak.creditMs, soak.neededMs))} of ${formatDuration(soak.neededMs)}`} />
      <Bar label="Requests" done={soak.requests} needed={soak.neededRequests} words={`${formatCount(soak.requests)} of ${formatCount(soak.neededRequests)}`} />
      <p className="basis-full text-12 text-ink-2">
        {soak.isDone ? 'The soak is over.' : soak.words}{soak.endsAt !== null && <>, over <Time at={soak.endsAt} /></>}
        {soak.pausedMs > 0 && ` · ${formatDuration(soak.pausedMs)} not measured`}{restarts > 0 && ` · begun again ${restarts === 1 ? 'once' : `${restarts} times`}`}
      </p>
    </div>
  )
}
