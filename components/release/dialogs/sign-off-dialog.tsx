'use client'
/** Signing a gate: for which team, on whose behalf, with what words, and what exactly is being signed. */
import { useState } from 'react'
import { CommandDialog, type DialogProps } from '@/components/release/dialogs/command-dialog'
import { gateOf, teamName, useStage } from '@/components/release/stage'
import { Checkbox, Field, Select, TextArea } from '@/components/ui/field'
import type { GateView } from '@/lib/domain/release/view'

/** What the gate says at the moment that the dialog opens; the server refuses the signature when it has changed since (rule 2). */
export function SignOffDialog({ gateId, isPrepared, ...frame }: DialogProps & { gateId: string; isPrepared?: true | undefined }) {
  const { view } = useStage()
  const gate = gateOf(view, gateId)
  const [opened, setOpened] = useState(gate)
  if (!gate || !opened) return null
  return <Form key={JSON.stringify(opened.seen)} gate={opened} hasMoved={JSON.stringify(opened.seen) !== JSON.stringify(gate.seen)} onLook={() => setOpened(gate)} isPrepared={isPrepared} {...frame} />
}

function Form({ gate, hasMoved, onLook, isPrepared = false, ...frame }: DialogProps & { gate: GateView; hasMoved: boolean; onLook: () => void; isPrepared?: boolean | undefined }) {
  const { view } = useStage()
  const canStand = view.viewer.standsFor.filter((person) => gate.rule.teams.some((entry) => person.teams.includes(entry.team)))
  // Who stands for somebody of an asked team, and is in none themselves, came to sign for them.
  const isAsked = gate.rule.teams.some((entry) => view.viewer.teams.includes(entry.team))
  const [principal, setPrincipal] = useState(() => (view.can[`sign-off:${gate.id}`] || !isAsked ? (canStand[0]?.id ?? '') : ''))
  const memberOf = view.viewer.standsFor.find((person) => person.id === principal)?.teams ?? view.viewer.teams
  const own = gate.rule.teams.filter((entry) => memberOf.includes(entry.team))
  const most = view.separation === 'strict' ? 1 : 2
  const missing = own.filter((entry) => entry.by.length < entry.needed)
  const [asked, setTeams] = useState<readonly string[] | null>(null)
  const teams = asked ?? (missing.length > 0 ? missing : own).slice(0, most).map((entry) => entry.team)
  const [comment, setComment] = useState('')
  const waived = gate.items.filter((item) => item.status === 'waived' || item.status === 'not-applicable')
  const parts = Object.entries(gate.seen.parts)
  const words = teams.map((team) => teamName(view, team)).join(' and ')
  return (
    <CommandDialog
      {...frame} title={`Sign off gate ${gate.number} ${gate.name}`} confirm="Sign off" isPrepared={isPrepared}
      description={own.length === 0 ? 'As a counter-signature, since you are in none of the teams that it asks.' : words ? `For ${words}.` : 'Choose the team that you sign for.'}
      missing={hasMoved ? 'The gate changed while this was open. Look again first.' : own.length > 0 && teams.length === 0 ? 'Choose a team first.' : null}
      build={() => [{ type: 'sign-off', gateId: gate.id, teams: [...teams], comment: comment.trim(), onBehalfOf: principal || null, seen: { parts: { ...gate.seen.parts }, items: { ...gate.seen.items } } }]}
    >
      {hasMoved && <p role="alert" className="rounded-control bg-stale-bg px-3 py-2">The gate changed while this was open. <button type="button" className="text-link" onClick={onLook}>Look at it as it is now</button></p>}
      {canStand.length > 0 && (
        <Field label="You sign">{(control) => (
          <Select {...control} value={principal} onChange={(event) => { setPrincipal(event.target.value); setTeams(null) }}>
            <option value="">for yourself</option>
            {canStand.map((person) => <option key={person.id} value={person.id}>on behalf of {person.name}</option>)}
          </Select>
        )}</Field>
      )}
      {own.length > 1 && (
        <fieldset className="flex flex-col gap-1">
          <legend className="font-medium">You sign for</legend>
          {own.map(({ team }) => (
            <Checkbox key={team} label={teamName(view, team)} checked={teams.includes(team)}
              onChange={(event) => setTeams(event.target.checked ? [...teams, team].slice(-most) : teams.filter((one) => one !== team))} />
          ))}
          <p className="text-12 text-ink-3">{most === 1 ? 'Strict separation: one team in one gate.' : 'Small team: one person may stand for two teams; it is shown as that.'}</p>
        </fieldset>
      )}
      <p className="text-ink-2">
        {gate.items.length} {gate.items.length === 1 ? 'item' : 'items'}{waived.length > 0 && `, ${waived.length} waived or not applicable (${waived.map((item) => item.id).join(', ')})`}.
        {parts.length > 0 && ' It rests on what follows; when one of these changes, the signature becomes stale.'}
      </p>
      {parts.length > 0 && (
        <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-1 text-12">
          {parts.map(([part, value]) => <div key={part} className="col-span-2 grid grid-cols-subgrid"><dt className="text-ink-2">{part.replace('-', ' ')}</dt><dd className="mono break-all">{value || '–'}</dd></div>)}
        </dl>
      )}
      <Field label="Comment" isOptional>{(control) => <TextArea {...control} value={comment} onChange={(event) => setComment(event.target.value)} />}</Field>
    </CommandDialog>
  )
}
