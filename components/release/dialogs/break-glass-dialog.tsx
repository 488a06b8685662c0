'use client'
/** An admin signs for a team that cannot: marked as such for ever, and reviewed within two days (rule 19). */
import { useState } from 'react'
import { CommandDialog, type DialogProps } from '@/components/release/dialogs/command-dialog'
import { gateOf, teamName, useStage } from '@/components/release/stage'
import { Field, Select, TextArea } from '@/components/ui/field'

export function BreakGlassDialog({ gateId, ...frame }: DialogProps & { gateId: string }) {
  const { view } = useStage()
  const gate = gateOf(view, gateId)
  const [team, setTeam] = useState(gate?.rule.teams.find((entry) => entry.by.length < entry.needed)?.team ?? gate?.rule.teams[0]?.team ?? '')
  const [reason, setReason] = useState('')
  if (!gate) return null
  return (
    <CommandDialog
      {...frame} title={`Break glass at gate ${gate.number} ${gate.name}`} confirm="Sign by break-glass" look="danger"
      description="You sign for a team that you are not in. A banner says so on this release, and the team gets an action to review it within two days."
      missing={reason.trim() === '' ? 'Say why nobody of the team can sign.' : null}
      build={() => [{ type: 'break-glass', gateId: gate.id, team, reason: reason.trim(), seen: { parts: { ...gate.seen.parts }, items: { ...gate.seen.items } } }]}
    >
      <Field label="For the team">{(control) => <Select {...control} value={team} onChange={(event) => setTeam(event.target.value)}>{gate.rule.teams.map((entry) => <option key={entry.team} value={entry.team}>{teamName(view, entry.team)}</option>)}</Select>}</Field>
      <Field label="Reason">{(control) => <TextArea {...control} autoFocus value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
    </CommandDialog>
  )
}
