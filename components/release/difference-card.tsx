'use client'
/** What differs between the candidate and the last stable version: everything that a judgement rests on, and the way back. */
import { shortDigest } from '@/components/gate/digest'
import { Card } from '@/components/release/card'
import { useStage } from '@/components/release/stage'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { Time } from '@/components/ui/time'
import { formatPlural } from '@/lib/domain/format'
import type { AgainstView } from '@/lib/domain/release/view'

type Row = AgainstView['rows'][number]

const GROUPS: readonly (readonly [Row['group'], string])[] = [['version', 'Version'], ['evaluation', 'Evaluation'], ['serving', 'Serving'], ['claim', 'Resource claim'], ['rollback', 'Rollback plan']]

/** Hashes and references stand in the monospaced face. */
const isCode = (row: Row) => row.group === 'version' || row.group === 'evaluation' || row.name === 'image'

function Value({ row, text }: { row: Row; text: string | null }) {
  return <span className={isCode(row) && text ? 'mono wrap-anywhere' : 'break-words'} title={text ?? undefined}>{text === null ? 'not known' : shortDigest(text) || '–'}</span>
}

function Rows({ rows }: { rows: readonly Row[] }) {
  return GROUPS.map(([group, title]) => {
    const own = rows.filter((row) => row.group === group)
    return own.length > 0 && (
      <tbody key={group}>
        <tr><th colSpan={3} scope="rowgroup" className="pt-2 text-left font-medium">{title}</th></tr>
        {own.map((row) => (
          <tr key={row.name} className="align-top">
            <th scope="row" className="py-1 pr-3 text-left font-normal text-ink-2">{row.name}</th>
            <td className="py-1 pr-3 text-ink-2"><Value row={row} text={row.then} /></td>
            <td className={row.isSame ? 'py-1 text-ink-2' : 'py-1 font-medium'}><Value row={row} text={row.now} /></td>
          </tr>
        ))}
      </tbody>
    )
  })
}

function Table({ against, now, rows }: { against: AgainstView; now: string; rows: readonly Row[] }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full table-fixed border-collapse text-12">
        <thead><tr className="text-left text-ink-2"><th scope="col" className="w-24 py-1 pr-3 font-normal"><span className="sr-only">What</span></th><th scope="col" className="py-1 pr-3 font-normal">{against.label}</th><th scope="col" className="py-1 font-normal">{now}</th></tr></thead>
        <Rows rows={rows} />
      </table>
    </div>
  )
}

/** Rows that are there when somebody asks; nothing where there are none. */
function More({ title, rows, against, now }: { title: string; rows: readonly Row[]; against: AgainstView; now: string }) {
  return rows.length > 0 && <details className="mt-1 text-12"><summary className="text-ink-2">{title}</summary><Table against={against} now={now} rows={rows} /></details>
}

/** Without a last stable version it says what the candidate is, since there is nothing to hold it against. */
export function DifferenceCard() {
  const { view, open } = useStage()
  const { candidate, against } = view
  const canReplace = !view.end && !view.stableAt && view.steps.every((step) => step.status === 'later')
  // What is known on neither side says nothing.
  const rows = against?.rows.filter((row) => row.now !== '' || (row.then !== null && row.then !== '')) ?? []
  const same = rows.filter((row) => row.isSame)
  const unrecorded = rows.filter((row) => row.then === null)
  const differing = rows.filter((row) => !row.isSame && row.then !== null)
  return (
    <Card title={against ? `Against ${against.label}` : 'Candidate'} action={canReplace && <Button look="quiet" size="s" onClick={() => open({ kind: 'candidate' })}>Replace</Button>}>
      {against ? (
        <>
          <Table against={against} now={candidate.label} rows={differing} />
          <More title={`${formatPlural(same.length, 'thing')} ${same.length === 1 ? 'is' : 'are'} the same`} rows={same} against={against} now={candidate.label} />
          <More title={`${against.label} was adopted: ${formatPlural(unrecorded.length, 'thing')} of it ${unrecorded.length === 1 ? 'was' : 'were'} never recorded here`} rows={unrecorded} against={against} now={candidate.label} />
        </>
      ) : (
        <>
          <p className="text-12 text-ink-2">Nothing is stable in {view.environment.name} yet, so items are judged by absolute targets.</p>
          <dl className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 text-12">
            {([['artefact', candidate.artefact], ['code', candidate.code], ['data', candidate.data], ['behaviour', candidate.behaviour]] as const).filter(([, value]) => value !== '').map(([name, value]) => (
              <div key={name} className="col-span-2 grid grid-cols-subgrid"><dt className="text-ink-2">{name}</dt><dd className="mono wrap-anywhere" title={value}>{shortDigest(value)}</dd></div>
            ))}
          </dl>
        </>
      )}
      <p className="mt-1 text-12 text-ink-2">
        {candidate.label} registered by {candidate.registeredBy.name}{against?.releaseCode && <>; {against.label} became stable by <AppLink className="text-link" href={`/releases/${against.releaseCode}`}>{against.releaseCode}</AppLink></>}.
      </p>
      {view.previousCandidates.length > 0 && (
        <details className="mt-1 text-12 text-ink-2">
          <summary>{view.previousCandidates.length} earlier {view.previousCandidates.length === 1 ? 'candidate' : 'candidates'}</summary>
          <ul role="list">{view.previousCandidates.map((one) => <li key={one.replacedAt}>{one.label}, replaced <Time at={one.replacedAt} />: {one.reason}</li>)}</ul>
        </details>
      )}
    </Card>
  )
}
