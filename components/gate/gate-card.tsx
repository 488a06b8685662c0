'use client'
/** The gate that is looked at: its head, what it needs, its items, its talk, and the foot where it is signed. */
import { Comments } from '@/components/gate/comments'
import { ItemRow } from '@/components/gate/item-row'
import { Rejections } from '@/components/gate/rejections'
import { SignFoot } from '@/components/gate/sign-foot'
import { SignOffs } from '@/components/gate/sign-offs'
import { TeamMark } from '@/components/gate/team-mark'
import { GateMenu } from '@/components/gate/gate-menu'
import { useStage } from '@/components/release/stage'
import { Pill } from '@/components/ui/pill'
import { Surface } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { markWord } from '@/lib/domain/rail'
import type { GateView } from '@/lib/domain/release/view'

/** What the pill of a gate says: what is missing, else the state. */
export function gateWords(gate: GateView): string {
  const asked = gate.items.length
  if (gate.status === 'rejected') return 'rejected'
  if (gate.status === 'stale') return 'sign-offs stale'
  if (gate.status === 'passed-with-waivers') return `passed, ${gate.waivedCount} waived`
  if (gate.status === 'passed') return 'passed'
  if (gate.missingCount > 0) return `${gate.missingCount} of ${asked} missing`
  if (gate.status === 'later') return 'later'
  if (!gate.rule.isMet) return 'sign-off missing'
  return gate.isDecision ? 'decision missing' : markWord(gate.mark)
}

/** In: the gate. The items that need somebody stand out only where work has begun, so that a fresh gate is not one yellow block. */
export function GateCard({ gate }: { gate: GateView }) {
  const { view, select } = useStage()
  const teams = view.teams.filter((team) => gate.ownerTeams.includes(team.id))
  const waitsFor = gate.needs.filter((need) => !need.isPassed)
  return (
    <Surface id={`gate-${gate.id}`} aria-labelledby="gate-title" className="scroll-mt-16">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-3">
        <h2 id="gate-title" tabIndex={-1} className="text-16 outline-none">{gate.number} {gate.name}</h2>
        <Pill state={gate.mark}>{gateWords(gate)}</Pill>
        <span className="ml-auto flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">
          {teams.map((team) => <TeamMark key={team.id} shape={team.shape} name={team.name} />)}
          {gate.dueAt !== null && <span className={gate.isOverdue ? 'text-failed' : 'text-ink-3'}>{gate.isOverdue ? 'was due' : 'due'} <Time at={gate.dueAt} as="day" /></span>}
          <GateMenu gate={gate} />
        </span>
      </header>
      {waitsFor.length > 0 && (
        <p className="border-b border-line bg-sunken px-4 py-2 text-12 text-ink-2">
          Can be prepared now; is signed after{' '}
          {waitsFor.map((need, i) => (
            <span key={need.id}>{i > 0 && ', '}<button type="button" className="text-link" onClick={() => select(need.id)}>{need.number} {need.name}</button></span>
          ))}.
        </p>
      )}
      {gate.inherited && <p className="border-b border-line bg-sunken px-4 py-2 text-12 text-ink-2">From {gate.inherited.code}, taken over by {gate.inherited.by.name} <Time at={gate.inherited.at} />; one affirmation per team is enough.</p>}
      <Rejections gate={gate} />
      {gate.items.length > 0 ? (
        <ul role="list">{gate.items.map((item) => <ItemRow key={item.id} item={item} gate={gate} />)}</ul>
      ) : (
        <p className="border-b border-line px-4 py-3 text-ink-2">{gate.isDecision ? 'No lines of its own: it rests on the gates before it. Each team signs, then the go is recorded.' : 'Nothing is asked here at this risk.'}</p>
      )}
      <SignOffs gate={gate} />
      <Comments about={{ gateId: gate.id, itemId: null }} comments={gate.comments} label={`Comment on gate ${gate.number}`} className="border-b border-line px-4 py-3" />
      <SignFoot gate={gate} />
    </Surface>
  )
}
