'use client'
/** What was measured when somebody judged, beside what it says now: for sign-offs, decisions and waivers; all of it from the record, nothing from Prometheus. */
import { said } from '@/components/ui/said'
import { ReadingPicture } from '@/components/verdict/reading-picture'
import { limitText, measuredText, verdictMark, verdictNoun } from '@/components/verdict/words'
import { AppLink } from '@/components/ui/app-link'
import { CopyButton } from '@/components/ui/copy-button'
import { Pill } from '@/components/ui/pill'
import { Time } from '@/components/ui/time'
import { formatPlural } from '@/lib/domain/format'
import { unitOf } from '@/lib/domain/preset/unit'
import type { FrozenVerdict, ItemVerdict } from '@/lib/domain/release/state'
import { spanWords } from '@/lib/domain/verdict/rule-words'

export interface FrozenReading {
  readonly itemId: string
  readonly title: string
  readonly verdict: FrozenVerdict
  /** The unit of the item as it is today, for readings from before it was kept. */
  readonly unit: string
  /** What the item says today; `null`: not measured, or it is asked no more. */
  readonly now: ItemVerdict | null
}

/** In: the readings, the code of the release. Out: one entry each, then beside now. */
export function FrozenReadings({ readings, code }: { readings: readonly FrozenReading[]; code: string }) {
  return <ul role="list" className="grid gap-x-6 divide-y divide-line">{readings.map((one) => <Reading key={one.itemId} reading={one} code={code} />)}</ul>
}

function Value({ label, verdict, unit }: { label: string; verdict: ItemVerdict | null; unit: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-12 text-ink-3">{label}</dt>
      <dd className="flex flex-wrap items-center gap-2">
        {verdict === null ? <span className="text-ink-2">not measured</span> : <><span className="mono text-ink">{measuredText(verdict.value, unit)}</span><Pill state={verdictMark(verdict.verdict)} hasMark>{verdictNoun(verdict.verdict)}</Pill></>}
      </dd>
    </div>
  )
}

function Reading({ reading, code }: { reading: FrozenReading; code: string }) {
  const { itemId, title, verdict, now } = reading
  const { terms } = verdict
  const unit = terms?.unit ?? unitOf(reading.unit)
  const limit = terms?.limit ?? null
  const rule = { unit, limit, words: terms?.rule ?? '' }
  return (
    <li className="grid gap-x-6 gap-y-2 py-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,14rem)]">
      <div className="min-w-0">
        <p className="break-words text-ink"><AppLink className="text-link" href={`/releases/${code}/verdicts/${encodeURIComponent(itemId)}`}>{itemId} {terms?.title ?? title}</AppLink></p>
        <dl className="mt-1 grid max-w-sm grid-cols-2 gap-3"><Value label="Then" verdict={verdict} unit={unit} /><Value label="Now" verdict={now} unit={reading.unit === '' ? unit : reading.unit} /></dl>
        <p className="mt-1 text-12 text-ink-2">
          {limit && <>{limitText(limit, rule)} · </>}{verdict.samples > 0 && <>{formatPlural(verdict.samples, 'sample')}, </>}{terms && <>over {spanWords(terms.windowSeconds)}, </>}measured <Time at={verdict.at} as="exact" />
          {terms && terms.stable !== null && <> · stable {measuredText(terms.stable, unit)}</>}
          {terms && <> · {verdictNoun(verdict.verdict)} since <Time at={terms.since} as="moment" /></>}
          {terms && terms.last !== verdict.verdict && <> · the last measurement alone was {verdictNoun(terms.last)}</>}
        </p>
      </div>
      <ReadingPicture series={verdict.series} limit={limit?.of === 'value' ? limit : null} unit={unit} />
      <details className="text-12 text-ink-2 sm:col-span-2">
        <summary>Rule and query then</summary>
        <p className="mt-1 max-w-prose">{terms?.rule ?? 'The rule in words was not kept then.'}</p>
        {verdict.reason !== '' && <p className="max-w-prose break-words">{said(verdict.reason)}</p>}
        {verdict.query !== '' && <p className="mt-1 flex flex-wrap items-start gap-2"><code className="mono min-w-0 flex-1 break-all">{verdict.query}</code><CopyButton text={verdict.query} label="Copy query" /></p>}
      </details>
    </li>
  )
}
