'use client'
/** Changes the risk of a release: raising it counts at once, lowering it waits for a second team. */
import { useState } from 'react'
import { CommandDialog, type DialogProps } from '@/components/release/dialogs/command-dialog'
import { useStage } from '@/components/release/stage'
import { Field, Select, TextArea } from '@/components/ui/field'

const TIERS = ['low', 'medium', 'high'] as const

export function RiskDialog(frame: DialogProps) {
  const { view } = useStage()
  const [risk, setRisk] = useState(view.risk)
  const [reason, setReason] = useState('')
  const isLower = TIERS.indexOf(risk) < TIERS.indexOf(view.risk)
  return (
    <CommandDialog
      {...frame} title="Change the risk" confirm={isLower ? 'Propose it' : 'Change it'}
      description="More risk asks more items. Less risk asks fewer, so someone of another team has to agree. The separation policy of the tier comes with it."
      missing={risk === view.risk ? `The risk is ${view.risk} already.` : reason.trim() === '' ? 'Say why.' : null}
      build={() => [{ type: 'change-risk', risk, reason: reason.trim() }]}
    >
      <Field label="Risk">{(control) => <Select {...control} value={risk} onChange={(event) => setRisk(TIERS.find((one) => one === event.target.value) ?? risk)}>{TIERS.map((one) => <option key={one} value={one}>{one}</option>)}</Select>}</Field>
      <Field label="Reason">{(control) => <TextArea {...control} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
    </CommandDialog>
  )
}
