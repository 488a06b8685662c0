'use client'
/** The foot of a gate: who has signed, who is missing, and the buttons that judge it, each saying beforehand why it would be refused. */
import { TeamMark } from '@/components/gate/team-mark'
import { Mark } from '@/components/gate/mark'
import { useAsk } from '@/components/release/use-ask'
import { useStage, why } from '@/components/release/stage'
import { Button } from '@/components/ui/button'
import { classes } from '@/components/ui/class-names'
import { ButtonKey } from '@/components/release/button-key'
import type { GateView, ReleaseView } from '@/lib/domain/release/view'

/** Why the viewer may not sign; a delegate may sign for somebody of an asked team even where they may not for themselves. */
export function signRefusal(view: ReleaseView, gate: GateView): string | null {
  const own = view.can[`sign-off:${gate.id}`]
  const canStand = view.viewer.standsFor.some((person) => gate.rule.teams.some((entry) => person.teams.includes(entry.team)))
  return own?.code === 'forbidden' && canStand ? null : why(view, `sign-off:${gate.id}`)
}

/** In: the gate. */
export function SignFoot({ gate }: { gate: GateView }) {
  const { view, open } = useStage()
  const ask = useAsk()
  const refusal = signRefusal(view, gate)
  const own = gate.signOffs.filter((signOff) => signOff.by.id === view.viewer.personId)
  const isStale = own.some((signOff) => signOff.state === 'stale') && !own.some((signOff) => signOff.state === 'valid')
  const isPassed = gate.status === 'passed' || gate.status === 'passed-with-waivers'
  const others = gate.rule.missing.filter((words) => !view.teams.some((team) => words === team.name || words.endsWith(` from ${team.name}`)))
  return (
    <footer className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <span className="text-ink-2">Signs off:</span>
      <ul role="list" className="contents">
        {gate.rule.teams.map(({ team, needed, by }) => {
          const known = view.teams.find((one) => one.id === team)
          const isMet = by.length >= needed
          return (
            <li key={team} className={classes('inline-flex min-h-7 items-center gap-2 rounded-full border px-3 text-ink-2', isMet ? 'border-line bg-passed-bg' : 'border-dashed border-line-strong')}>
              {known && <TeamMark shape={known.shape} name={known.name} isDecoration />}
              <span>{known?.name ?? team} {by.length > 0 ? by.map((person) => person.name).join(', ') : `0 of ${needed}`}{by.length > 0 && !isMet && `, ${by.length} of ${needed}`}</span>
              {isMet && <Mark state="passed" size={14} label="signed" />}
            </li>
          )
        })}
        {others.map((words) => <li key={words} className="inline-flex min-h-7 items-center rounded-full border border-dashed border-line-strong px-3 text-ink-2">{words}</li>)}
      </ul>
      <span className="ml-auto flex flex-wrap items-center justify-end gap-2">
        {refusal !== null && !isPassed && <span className="max-w-80 text-12 text-ink-3">{refusal}</span>}
        {view.end === null && (
          <>
            <Button look="plain" refusal={why(view, `reject:${gate.id}`)} onClick={() => ask((asks) => asks.askReject(gate))}>Reject</Button>
            {gate.isDecision && gate.rule.isMet && !isPassed ? (
              <Button look="primary" refusal={why(view, 'decide:go')} onClick={() => open({ kind: 'decision', decide: 'go' })}>Record the go <ButtonKey>D</ButtonKey></Button>
            ) : (
              <Button look={refusal === null ? 'primary' : 'plain'} refusal={refusal} onClick={() => open({ kind: 'sign-off', gateId: gate.id })}>{isStale ? 'Sign again' : 'Sign off'} {refusal === null && <ButtonKey>S</ButtonKey>}</Button>
            )}
          </>
        )}
      </span>
    </footer>
  )
}
