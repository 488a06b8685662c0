'use client'
/** The ML Test Score of a model: four sections, the lowest counts; what each test rests on, what expires, how it came about, and the cheapest way up. */
import { useQuery } from '@tanstack/react-query'
import { ScoreHistory } from '@/components/model/score-history'
import { AppLink } from '@/components/ui/app-link'
import { Pill } from '@/components/ui/pill'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { testScoreQuery } from '@/lib/client/scene'
import type { TestScoreView, TestView } from '@/lib/domain/test-score/view'

const FULL = 7

type Section = TestScoreView['sections'][number]

function Points({ test }: { test: TestView }) {
  return <Pill state={test.points === 1 ? 'passed' : test.points === 0.5 ? 'open' : test.why === 'expired' ? 'stale' : test.why === 'failed' ? 'failed' : 'idle'} className="w-9 justify-center">{test.points}</Pill>
}

function Test({ test }: { test: TestView }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-1">
      <Points test={test} />
      <span className="min-w-0 flex-1 basis-48"><span className="mono text-12 text-ink-3">{test.code}</span> <span className="break-words">{test.name}</span>
        <span className="block text-12 break-words text-ink-2">
          {test.by === null ? test.words : <>{test.words}: <AppLink className="text-link" href={test.by.href}>{test.by.title}</AppLink> <span className="mono">{test.by.code}</span>, <Time at={test.by.at} as="day" />{test.by.expiresAt === null ? ', as long as it is watched' : <>, counts until <Time at={test.by.expiresAt} as="day" /></>}</>}
          {test.could.length > 0 && <>{' · '}{test.could.map((one, i) => <span key={one.href}>{i > 0 && ', '}<AppLink className="text-link" href={one.href}>{one.title}</AppLink> <span className="mono">{one.code}</span></span>)}</>}
        </span>
      </span>
    </li>
  )
}

function SectionRow({ section }: { section: Section }) {
  return (
    <details className="group border-t border-line first:border-t-0">
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
        <span className="w-28 font-medium">{section.name}</span>
        <span aria-hidden="true" className="h-2 min-w-24 flex-1 overflow-hidden rounded-full bg-idle-bg"><span className={`block h-full ${section.isLowest ? 'bg-ink' : 'bg-ink-3'}`} style={{ width: `${(section.points / FULL) * 100}%` }} /></span>
        <span className="w-14 text-right tabular-nums">{section.points} <span className="text-ink-3">of {FULL}</span></span>
        <span className="w-12 text-12 text-ink-2">{section.isLowest ? 'lowest' : ''}</span>
      </summary>
      <ul role="list" className="px-4 pb-3">{section.tests.map((test) => <Test key={test.code} test={test} />)}</ul>
    </details>
  )
}

/** In: the score as the page was made with it. */
export function TestScore({ initial }: { initial: TestScoreView }) {
  const { data } = useQuery({ ...testScoreQuery(initial.modelId), initialData: initial })
  return (
    <Surface id="test-score" aria-label="ML Test Score">
      <SurfaceHead title="ML Test Score" note={<span className="text-ink">{data.score}</span>}><span className="text-12 text-ink-2">{data.reading}</span></SurfaceHead>
      <div>{data.sections.map((section) => <SectionRow key={section.key} section={section} />)}</div>
      <div className="flex flex-col gap-3 border-t border-line px-4 py-3">
        {data.next.length > 0 && (
          <div>
            <h3>The cheapest next {data.next.every((one) => one.gain === 1) ? 'point' : 'half-point'}{data.next.length > 1 && ', one in each of the lowest sections'}</h3>
            <ul role="list" className="flex flex-col gap-1">
              {data.next.map((one) => <li key={one.code} className="break-words"><span className="mono text-12 text-ink-3">{one.code}</span> {one.href === null ? one.name : <AppLink className="text-link" href={one.href}>{one.name}</AppLink>} <span className="text-12 text-ink-2">+{one.gain} · {one.words}</span></li>)}
            </ul>
            {data.nextScore > data.score && <p className="text-12 text-ink-2">Takes the score from {data.score} to {data.nextScore}.</p>}
          </div>
        )}
        {data.nextExpiry !== null && <p className="text-12 text-ink-2">The score falls to {data.nextExpiry.score} when the evidence of <span className="mono">{data.nextExpiry.code}</span> expires: <Time at={data.nextExpiry.at} as="day" />.</p>}
        <ScoreHistory score={data} />
        <p className="text-12 text-ink-3">Half a point where people did it and wrote it down, one where it runs by itself; the score is the lowest of four sections of seven tests (Breck et al., 2017). Waived and not applicable count nothing.</p>
      </div>
    </Surface>
  )
}
