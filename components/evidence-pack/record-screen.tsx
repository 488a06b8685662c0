'use client'
/** How the record stands: whether it verifies, what was signed about it and with which key, where that went, and the evidence of a period. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { KeyCard } from '@/components/evidence-pack/key-card'
import { PeriodCard } from '@/components/evidence-pack/period-card'
import { useCall } from '@/components/notify/use-call'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Pill } from '@/components/ui/pill'
import { Problem } from '@/components/ui/problem'
import { EmptyState } from '@/components/ui/small'
import { Facts, PageHead, Row, Rows, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { checkRecord, makeCheckpoint, recordQuery } from '@/lib/client/record'
import { REASON_WORDS, type CheckpointView, type RecordView } from '@/lib/domain/evidence-pack/view'

export function RecordScreen({ initial }: { initial: RecordView }) {
  const { data } = useQuery({ ...recordQuery(), initialData: initial })
  return (
    <>
      <PageHead title="Record" lead={sentenceOf(data)} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4"><ChainCard view={data} /><CheckpointsCard view={data} /></div>
        <div className="flex min-w-0 flex-col gap-4"><KeyCard view={data} /><PeriodCard view={data} /></div>
      </div>
    </>
  )
}

function sentenceOf({ check, head, checkpoints }: RecordView): string {
  const entries = `${head.seq.toLocaleString('en-GB')} ${head.seq === 1 ? 'entry' : 'entries'}`
  const sound = check.seq !== null && check.seq < head.seq ? `verified up to entry ${check.seq.toLocaleString('en-GB')}` : 'verified'
  const verified = check.state === 'waiting' ? 'being verified' : check.state === 'sound' ? sound : 'not as they were written'
  const covered = checkpoints[0]?.seq ?? 0
  const unsigned = head.seq - covered
  const signed = covered === 0 ? 'no checkpoint yet' : unsigned === 0 ? 'all signed' : `${unsigned.toLocaleString('en-GB')} since the last checkpoint`
  return `${entries}, ${verified}; ${signed}.`
}

const STATE = { waiting: ['open', 'Being verified'], sound: ['passed', 'Sound'], faulty: ['failed', 'Does not verify'] } as const

function ChainCard({ view }: { view: RecordView }) {
  const { check, head, refusals } = view
  const client = useQueryClient()
  const { run, isBusy, refusal } = useCall()
  const [state, words] = STATE[check.state]
  return (
    <Surface aria-label="The chain">
      <SurfaceHead title="The chain">
        <Pill state={state} hasMark>{words}</Pill>
        <Button size="s" isBusy={isBusy} busyLabel="Verifying…" refusal={refusals.check} onClick={() => void run(async () => client.setQueryData(recordQuery().queryKey, await checkRecord()))}>Verify now</Button>
      </SurfaceHead>
      <div className="flex flex-col gap-3 p-4">
        {refusal !== null && <Problem refusal={refusal} />}
        {check.faults.slice(0, 10).map((fault) => <Problem key={fault} refusal={{ message: fault }} />)}
        {check.faults.length > 10 && <p className="text-ink-2">… and {check.faults.length - 10} more; `gatehouse verify` lists all.</p>}
        <Facts items={[
          { term: 'Entries', value: head.seq.toLocaleString('en-GB') },
          { term: 'Last hash', value: <span className="mono wrap-anywhere">{head.hash}</span> },
          { term: 'Verified', value: check.at === null ? 'since the start: not yet' : <><Time at={check.at} />{check.seq !== null && <>, up to entry {check.seq.toLocaleString('en-GB')}</>}</> },
          { term: 'Installation', value: view.installation === null ? '–' : <span className="mono wrap-anywhere" title="The hash of the first entry: it names this log in every checkpoint">{view.installation.slice(0, 16)}…</span> },
        ]} />
        <p className="text-12 text-ink-2">Each entry holds the hash of the one before it, so nothing in the middle can change unseen. Names and texts stand beside the chain as seals: erasing them breaks nothing.</p>
      </div>
    </Surface>
  )
}

/** While one key replaces another both sign: one row for what was signed at once. */
function together(checkpoints: readonly CheckpointView[]): readonly (CheckpointView & { readonly keys: readonly string[] })[] {
  const isSame = (a: CheckpointView, b: CheckpointView) => a.seq === b.seq && a.at === b.at
  return checkpoints.filter((one, index) => index === checkpoints.findIndex((other) => isSame(one, other))).map((one) => ({ ...one, keys: checkpoints.filter((other) => isSame(one, other)).map((other) => other.key) }))
}

function CheckpointsCard({ view }: { view: RecordView }) {
  const { checkpoints, outside, refusals } = view
  const client = useQueryClient()
  const { run, isBusy, refusal } = useCall()
  const [isWhole, setWhole] = useState(false)
  const rows = together(checkpoints)
  const places = [outside.isFiled ? 'a folder' : null, outside.isPosted ? 'a webhook' : null, outside.isInSlack ? 'the message of every go' : null].filter((place) => place !== null)
  return (
    <Surface aria-label="Checkpoints">
      <SurfaceHead title="Checkpoints">
        <Button size="s" isBusy={isBusy} busyLabel="Signing…" refusal={refusals.checkpoint} onClick={() => void run(async () => client.setQueryData(recordQuery().queryKey, await makeCheckpoint()))}>Sign now</Button>
      </SurfaceHead>
      <p className="border-b border-line px-4 py-2 text-12 text-ink-2">
        Signed at every go and once a day. {places.length === 0
          ? 'They do not leave this machine yet: set GATEHOUSE_CHECKPOINT_DIR or GATEHOUSE_CHECKPOINT_WEBHOOK, or add a Slack channel that hears of decisions. Without that, whoever holds the machine could write the whole record anew.'
          : `They also go to ${places.join(' and to ')}, so that nobody can write the record anew unseen.`}
      </p>
      {refusal !== null && <div className="p-4"><Problem refusal={refusal} /></div>}
      {checkpoints.length === 0 && <EmptyState title="Nothing is signed yet">The first checkpoint follows the first entry within a minute.</EmptyState>}
      <Rows>
        {rows.slice(0, isWhole ? undefined : 6).map((one) => (
          <Row key={one.id} title={`Entry ${one.seq.toLocaleString('en-GB')}`} detail={<><span className="mono">{one.hash.slice(0, 16)}…</span> · {REASON_WORDS[one.reason]} · {one.keys.length === 1 ? 'key' : 'keys'} <span className="mono">{one.keys.map((key) => key.slice(0, 8)).join(', ')}</span></>} aside={<><span className="text-12 text-ink-2"><Time at={one.at} /></span><CopyButton text={`entry ${one.seq} ${one.hash}`} label="Copy" /></>} />
        ))}
      </Rows>
      {rows.length > 6 && <div className="border-t border-line p-2"><Button size="s" look="quiet" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>{isWhole ? 'Show fewer' : `Show ${rows.length}`}</Button></div>}
    </Surface>
  )
}
