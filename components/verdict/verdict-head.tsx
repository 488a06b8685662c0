'use client'
/** The top of a verdict page: where it belongs, and the sentence that says what stands, since when, and how fresh that is. */
import { limitText, measuredText, verdictMark, verdictNoun, verdictSaid } from '@/components/verdict/words'
import { AppLink } from '@/components/ui/app-link'
import { CopyButton } from '@/components/ui/copy-button'
import { Pill } from '@/components/ui/pill'
import { PageHead } from '@/components/ui/surface'
import { Since, Time } from '@/components/ui/time'
import type { VerdictPageView } from '@/lib/domain/verdict/page-view'

export function VerdictHead({ page }: { page: VerdictPageView }) {
  const { owner, item, verdict, source } = page
  const isTrigger = item.id.startsWith('trigger:')
  const origin = typeof window === 'undefined' ? '' : window.location.origin
  const query = typeof window === 'undefined' ? '' : window.location.search
  return (
    <>
      <nav aria-label="Where you are" className="mb-3 flex flex-wrap gap-2 text-12 text-ink-2">
        <AppLink href={owner.modelHref} className="hover:text-ink">{owner.modelName}</AppLink><span aria-hidden="true">/</span>
        <AppLink href={owner.href} className={owner.kind === 'release' ? 'mono hover:text-ink' : 'hover:text-ink'}>{owner.name}</AppLink><span aria-hidden="true">/</span>
        {item.gate && <><AppLink href={item.href} className="hover:text-ink">{item.gate.number} {item.gate.name}</AppLink><span aria-hidden="true">/</span></>}
        {isTrigger ? <span>trigger</span> : <span className="mono">{item.id}</span>}
      </nav>
      <PageHead title={isTrigger ? `Roll-back trigger: ${item.title}` : `${item.id} ${item.title}`} lead={<Lead page={page} />}>
        {verdict ? <Pill state={verdictMark(verdict.verdict)} hasMark>{verdictNoun(verdict.verdict)}</Pill> : <Pill state="no-data" hasMark>never measured</Pill>}
        <CopyButton text={`${origin}${page.path}${query}`} label="Copy the link" />
      </PageHead>
      {source?.isUp === false && (
        <p role="status" className="mb-4 rounded-control bg-waiting-bg px-4 py-2 break-words">
          <b className="font-medium">{source.name} does not answer:</b> {source.trouble}{' '}
          {source.lastGoodAt !== null ? <>It answered last <Time at={source.lastGoodAt} />.</> : 'It has not answered since the start.'} What stands here is from what was kept; nothing is asked of it to show this page.
        </p>
      )}
    </>
  )
}

function Lead({ page }: { page: VerdictPageView }) {
  const { verdict, newest, rule, measuring, owner } = page
  if (!rule) return <>No limit is set for {owner.versionLabel} yet, so it says nothing.</>
  if (!verdict) return <>It says nothing about {owner.versionLabel} yet. {measuring.words}</>
  const value = newest?.value ?? verdict.value
  const differs = newest !== null && newest.verdict !== verdict.verdict
  return (
    <>
      <b>{verdictSaid(verdict.verdict)}</b> for <Since at={verdict.since} />
      {value !== null && <>: <b>{measuredText(value, rule.unit)}</b></>}
      {value !== null && rule.limit && <>, limit <span className="whitespace-nowrap">{limitText(rule.limit, rule)}</span></>}
      {newest && <>, measured <Time at={newest.at} /></>}.
      {differs && newest && <> The last measurement was <b>{verdictNoun(newest.verdict)}</b>, which does not turn it yet.</>}
      {!measuring.isDue && <> {measuring.words}</>}
    </>
  )
}
