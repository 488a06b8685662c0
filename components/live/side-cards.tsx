'use client'
/** Beside the watch: facts, reviews, labels that came in, and what was live before. */
import { useQuery } from '@tanstack/react-query'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { Facts, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { measuredFeedbackQuery } from '@/lib/client/live-versions'
import type { LiveView } from '@/lib/domain/live/view'

const HOW: Readonly<Record<string, string>> = { released: 'released', adopted: 'adopted', 'rolled-back-to': 'back by a roll-back' }

export function FactsCard({ view }: { view: LiveView }) {
  const labels = Object.entries(view.watch?.labels ?? {})
  return (
    <Surface aria-label="Facts">
      <SurfaceHead title="What runs" />
      <Facts className="px-4 py-3" items={[
        { term: 'Model', value: <AppLink href={`/models/${view.modelSlug}`} className="text-link">{view.modelName}</AppLink> },
        { term: 'Live since', value: view.since === null ? 'nothing is live' : <Time at={view.since} as="moment" /> },
        { term: 'How', value: view.how === null ? '' : <>{HOW[view.how]}{view.release && <> by <AppLink href={`/releases/${view.release.code}`} className="text-link">{view.release.code}</AppLink></>}{view.recordedAt !== null && view.how === 'adopted' && <>, recorded by {view.recordedByName} <Time at={view.recordedAt} as="day" /></>}</> },
        { term: 'Last stable', value: view.rollBackTo === null ? 'none before it' : <>{view.rollBackTo} before it</> },
        { term: 'Artefact', value: <span className="mono break-all">{view.artefact ?? ''}</span> },
        { term: 'Source', value: view.sourceName ?? 'none' },
        { term: 'Labels', value: labels.length === 0 ? 'none' : <span className="mono">{labels.map(([name, value]) => <span key={name} className="block break-all">{name}={value}</span>)}</span> },
      ].filter((item) => item.value !== '')} />
      {(view.history.length > 1 || view.held.length > 0) && (
        <details className="border-t border-line px-4 py-2 text-12">
          <summary className="text-ink-2">Before it, {view.history.length - 1}</summary>
          <ul role="list" className="mt-1 flex flex-col gap-1">
            {view.history.slice(1).map((one) => <li key={`${one.label} ${one.since}`}><span className="mono">{one.label}</span> <span className="text-ink-2">{HOW[one.how]}, <Time at={one.since} as="day" /></span></li>)}
            {view.held.map((one) => <li key={`${one.label} ${one.at}`} className="break-words"><span className="mono">{one.label}</span> <span className="text-ink-2">{one.isLifted ? 'was held' : 'held'}: {one.reason}</span></li>)}
          </ul>
        </details>
      )}
    </Surface>
  )
}

export function ReviewCard({ view, onReview }: { view: LiveView; onReview: () => void }) {
  const [last, ...earlier] = view.reviews
  return (
    <Surface id="review" aria-label="Review">
      <SurfaceHead title="Review">{view.label !== null && <Button size="s" refusal={view.allowed.review} onClick={onReview}>Record a review</Button>}</SurfaceHead>
      <div className="flex flex-col gap-2 px-4 py-3">
        <p>{view.reviewAt === null ? 'No date is set.' : view.isReviewOverdue ? <span className="font-medium text-failed">Overdue since <Time at={view.reviewAt} as="day" />.</span> : <>Next on <Time at={view.reviewAt} as="day" />.</>}{!last && ' Not reviewed yet.'}</p>
        {last && <div><p className="text-12 text-ink-2">Reviewed by {last.byName} <Time at={last.at} />{last.label !== view.label && `, of ${last.label}`}</p><p className="break-words whitespace-pre-wrap">{last.note}</p></div>}
        {earlier.length > 0 && <details className="text-12"><summary className="text-ink-2">Earlier, {earlier.length}</summary><ul role="list" className="mt-1 flex flex-col gap-2">{earlier.map((one) => <li key={one.at} className="break-words"><span className="text-ink-2">{one.byName}, <Time at={one.at} as="day" />:</span> {one.note}</li>)}</ul></details>}
      </div>
    </Surface>
  )
}

const percent = (share: number) => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`
const days = (count: number) => `${count < 10 ? Math.round(count * 10) / 10 : Math.round(count)} ${count === 1 ? 'day' : 'days'}`

type Posted = LiveView['feedback'][number]

/** What a pipeline posted of one window, after its date and who posted it. */
function windowWords(one: Posted): string {
  return [`${percent(one.labelled / one.predictions)} labelled`, ...(one.delayDays === null ? [] : [`${days(one.delayDays)} late`]), ...(one.disagreement === null ? [] : [`${percent(one.disagreement)} disagree`])].join(', ')
}

/** The feedback loop: declared against what its metrics say, or what a pipeline posted where they are silent. The last posted window is told in either case. */
export function FeedbackCard({ id, declaredDelayDays, posted }: { id: string; declaredDelayDays: number | null; posted: LiveView['feedback'] }) {
  const { data, isPending, error } = useQuery(measuredFeedbackQuery(id))
  const [last, ...earlier] = posted
  const share = data?.labelledShare ?? (last ? last.labelled / last.predictions : null)
  const delay = data?.delayDays ?? last?.delayDays ?? null
  const disagreement = data?.disagreement ?? last?.disagreement ?? null
  const isLate = delay !== null && declaredDelayDays !== null && delay > declaredDelayDays
  return (
    <Surface id="feedback" aria-label="Feedback loop">
      <SurfaceHead title="Feedback loop" note={data && data.trouble === null ? 'by its metrics' : last ? 'as posted' : undefined} />
      <Facts className="px-4 py-3" items={[
        { term: 'Labelled', value: share === null ? 'not known' : percent(share) },
        { term: 'Label delay', value: <>{delay === null ? 'not known' : days(delay)}{declaredDelayDays !== null && <span className={isLate ? 'font-medium text-failed' : 'text-ink-2'}>, declared {days(declaredDelayDays)}</span>}</> },
        { term: 'Disagreement', value: disagreement === null ? 'not known' : percent(disagreement) },
      ]} />
      <p className="px-4 pb-3 text-12 text-ink-3">{isPending ? 'Asking its metrics…' : error ? 'Its metrics cannot be asked at the moment.' : data.trouble !== null && !last ? `${data.trouble} A pipeline can post it.` : last ? <>Window to <Time at={last.to} as="day" />, posted by {last.byName}: {windowWords(last)}.</> : null}</p>
      {earlier.length > 0 && (
        <details className="border-t border-line px-4 py-2 text-12">
          <summary className="text-ink-2">Windows before, {earlier.length}</summary>
          <ul role="list" className="mt-1 flex flex-col gap-1">{earlier.map((one) => <li key={`${one.from} ${one.at}`}><Time at={one.to} as="day" />: {windowWords(one)}</li>)}</ul>
        </details>
      )}
    </Surface>
  )
}
