'use client'
/** How strictly authors and approvers are kept apart, per risk tier; a change takes two people. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAct } from '@/components/people/act'
import { Warning } from '@/components/people/warning'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Select, TextArea } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { PageHead, Row, Rows, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { policyQuery } from '@/lib/client/people'
import type { PolicyView } from '@/lib/domain/person/view'

type Policy = PolicyView['separation']
const TIERS = ['low', 'medium', 'high'] as const
const MEANING = {
  strict: 'Who registered the version or wrote the evidence cannot be the only approver; nobody stands for two teams in one gate.',
  'small-team': 'An author may sign with a counter-signature from anyone else; one person may stand for two teams, and it shows. A go always has two distinct people.',
} as const

export function PolicyScreen({ initial }: { initial: PolicyView }) {
  const { data } = useQuery({ ...policyQuery(), initialData: initial })
  const [isProposing, setProposing] = useState(false)
  const { run, isBusy, failure } = useAct()
  const command = (body: unknown) => void run('/installation/installation/commands', body)
  const { proposal, separation } = data

  return (
    <>
      <PageHead title="Separation policy" lead={proposal ? 'A change is waiting for its second person.' : 'Who may approve what they made themselves, per risk tier. A change takes two people and is logged.'}>
        <Button look="primary" refusal={data.allowed.propose} onClick={() => setProposing(true)}>Propose a change</Button>
      </PageHead>
      <div className="flex flex-col gap-4">
        {failure !== null && <Problem refusal={{ message: failure.message }} />}
        {data.warnings.map((warning) => <Warning key={warning}>{warning}</Warning>)}
        {proposal && (
          <Surface aria-label="Proposed change">
            <SurfaceHead title="Proposed change" note={<>by {proposal.by.name}, <Time at={proposal.at} /></>}>
              <Button size="s" refusal={data.allowed.withdraw} onClick={() => command({ type: 'withdraw-separation' })}>Withdraw</Button>
              <Button size="s" look="primary" isBusy={isBusy} refusal={data.allowed.confirm} onClick={() => command({ type: 'confirm-separation', policy: proposal.policy })}>Confirm</Button>
            </SurfaceHead>
            <p className="px-4 pt-3 break-words">{proposal.reason}</p>
            <Rows>
              {TIERS.filter((tier) => proposal.policy[tier] !== separation[tier]).map((tier) => (
                <Row key={tier} title={`${capital(tier)} risk`} detail={MEANING[proposal.policy[tier]]} aside={<span>{separation[tier]} → <b className="font-medium">{proposal.policy[tier]}</b></span>} />
              ))}
            </Rows>
          </Surface>
        )}
        <Surface aria-label="Policy in force">
          <SurfaceHead title="In force" />
          <Rows>
            {TIERS.map((tier) => <Row key={tier} title={`${capital(tier)} risk`} detail={MEANING[separation[tier]]} aside={<b className="font-medium">{separation[tier]}</b>} />)}
          </Rows>
        </Surface>
      </div>
      {isProposing && <ProposeDialog current={separation} onClose={() => setProposing(false)} />}
    </>
  )
}

function ProposeDialog({ current, onClose }: { current: Policy; onClose: () => void }) {
  const [policy, setPolicy] = useState<Policy>(current)
  const [reason, setReason] = useState('')
  const { run, isBusy, failure } = useAct()
  const isSame = TIERS.every((tier) => policy[tier] === current[tier])
  const send = async () => {
    if (await run('/installation/installation/commands', { type: 'propose-separation', policy, reason })) onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      isBusy={isBusy}
      onSubmit={() => void send()}
      title="Propose a change"
      description="It holds once another lead or admin has confirmed it."
      footer={<><Button onClick={onClose}>Cancel</Button><Button type="submit" look="primary" isBusy={isBusy} refusal={isSame ? 'Change at least one tier.' : null}>Propose</Button></>}
    >
      {failure !== null && <Problem refusal={{ message: failure.message }} />}
      {TIERS.map((tier) => (
        <Field key={tier} label={`${capital(tier)} risk`} hint={MEANING[policy[tier]]}>
          {(control) => (
            <Select {...control} value={policy[tier]} onChange={(event) => setPolicy({ ...policy, [tier]: event.target.value === 'strict' ? 'strict' : 'small-team' })}>
              <option>strict</option>
              <option>small-team</option>
            </Select>
          )}
        </Field>
      ))}
      <Field label="Reason">
        {(control) => <TextArea {...control} required maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </Dialog>
  )
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
