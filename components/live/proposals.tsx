'use client'
/** Proposed roll-backs with their evidence, and the two answers to them: one line that rolls back, or a reason why not. */
import { useState } from 'react'
import { Mark } from '@/components/gate/mark'
import { Spark } from '@/components/metrics/spark'
import { Button, ButtonLink } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextArea, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { said } from '@/components/ui/said'
import { Time } from '@/components/ui/time'
import { useCommand } from '@/lib/client/commands'
import { withoutStop } from '@/lib/domain/format'
import type { ProposalView } from '@/lib/domain/live/view'

export interface ProposalBannersProps {
  proposals: readonly ProposalView[]
  /** Who keeps the proposals: the release behind the version, or the live version itself. */
  owner: { kind: 'release' | 'live'; id: string }
  /** The release that would be rolled back; null where none brought the version. */
  release: { id: string; code: string } | null
  /** The version that serves again after the roll-back; null where there is none. */
  to: string | null
  refusals: { rollBack: string | null; dismiss: string | null }
}

/** One banner per open proposal, the oldest first. Nothing is done by itself. */
export function ProposalBanners({ proposals, owner, release, to, refusals }: ProposalBannersProps) {
  const [asked, setAsked] = useState<{ what: 'roll-back' | 'dismiss'; proposal: ProposalView } | null>(null)
  const open = proposals.filter((one) => one.ended === null).toReversed()
  return (
    <>
      {open.length > 0 && (
        <ul role="list" aria-label="Proposed roll-backs" className="mb-4 flex flex-col gap-2">
          {open.map((one) => (
            <li key={one.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-surface border border-failed bg-failed-bg px-4 py-2">
              <Mark state="failed" size={20} />
              <div className="min-w-0 flex-1 basis-72 break-words">
                <b className="font-medium">A roll-back is proposed: {said(one.title)}.</b> {said(withoutStop(one.reason))}, since <Time at={one.since} as="moment" />.
                {one.query !== '' && <span className="mono block truncate text-ink-2" title={one.query}>{one.query}</span>}
              </div>
              {one.series.length > 1 && <Spark points={one.series.map(([, value]) => value)} width={120} label={`The last ${one.series.length} points of ${one.title}`} />}
              <div className="flex flex-wrap gap-2">
                {one.itemId !== null && release !== null && <ButtonLink href={`/releases/${release.code}/verdicts/${encodeURIComponent(one.itemId)}`} look="quiet">Why it says that</ButtonLink>}
                <Button refusal={refusals.dismiss} onClick={() => setAsked({ what: 'dismiss', proposal: one })}>Dismiss</Button>
                <Button look="danger" refusal={refusals.rollBack} onClick={() => setAsked({ what: 'roll-back', proposal: one })}>Roll back{to === null ? '' : ` to ${to}`}</Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {asked?.what === 'dismiss' && <Dismiss owner={owner} proposal={asked.proposal} onClose={() => setAsked(null)} />}
      {asked?.what === 'roll-back' && release && <RollBack release={release} to={to} reason={`${asked.proposal.title}: ${withoutStop(asked.proposal.reason)}`} onClose={() => setAsked(null)} />}
    </>
  )
}

function Dismiss({ owner, proposal, onClose }: { owner: ProposalBannersProps['owner']; proposal: ProposalView; onClose: () => void }) {
  const { run, pending, refusal } = useCommand(owner.kind, owner.id)
  const [reason, setReason] = useState('')
  const send = async () => { if ((await run({ type: 'dismiss-proposal', proposalId: proposal.id, reason })).ok) onClose() }
  return (
    <Dialog open onClose={onClose} onSubmit={() => void send()} isBusy={pending} size="s" title="Dismiss the proposal" description={`${proposal.title}. It comes back only when this recovers and fails anew.`}
      footer={<><Button look="quiet" onClick={onClose}>Cancel</Button><Button look="primary" type="submit" isBusy={pending}>Dismiss it</Button></>}>
      <Problem refusal={refusal} />
      <Field label="Reason" hint="Everyone sees it, beside the evidence.">{(control) => <TextArea {...control} required maxLength={10000} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
    </Dialog>
  )
}

/** One line, prefilled with the evidence (rule 14: no gate, freeze or hold refuses it). */
export function RollBack({ release, to, reason, onClose }: { release: { id: string; code: string }; to: string | null; reason: string; onClose: () => void }) {
  const { run, pending, refusal } = useCommand('release', release.id)
  const [line, setLine] = useState(reason.slice(0, 300))
  const send = async () => { if ((await run({ type: 'roll-back', reason: line })).ok) onClose() }
  return (
    <Dialog open onClose={onClose} onSubmit={() => void send()} isBusy={pending} size="s" title={`Roll back ${release.code}`}
      description={`${to === null ? 'The way back is that of its plan.' : `${to} serves again.`} The version is held for this environment, and the cause becomes an action due in 24 h.`}
      footer={<><Button look="quiet" onClick={onClose}>Cancel</Button><Button look="danger" type="submit" isBusy={pending}>Roll back</Button></>}>
      <Problem refusal={refusal} />
      <Field label="Reason, in one line">{(control) => <TextInput {...control} required maxLength={300} value={line} onChange={(event) => setLine(event.target.value)} />}</Field>
    </Dialog>
  )
}
