'use client'
/** Lines of an imported file that found no place: they stay until each is taken as an item or put away. */
import { addItem } from '@/components/template/edit-gates'
import type { ChangeGates } from '@/components/template/studio/form'
import { Button } from '@/components/ui/button'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import type { GateTemplate } from '@/lib/domain/template/template'
import { label } from '@/lib/domain/template/written'
import type { KeptDraft } from '@/components/template/studio/use-draft'

type List = NonNullable<KeptDraft['leftovers']>

interface LeftoversProps {
  leftovers: List
  /** The gate that is open, which takes items. */
  gate: GateTemplate | undefined
  before: readonly GateTemplate[]
  change: ChangeGates
  set: (leftovers: List) => void
}

export function Leftovers({ leftovers, gate, before, change, set }: LeftoversProps) {
  const without = (one: List[number]) => set(leftovers.filter((each) => each !== one))
  const noGate = gate === undefined ? 'Choose a gate first.' : gate.items.length >= 60 ? 'This gate has 60 items, which is all that it can have.' : null
  return (
    <Surface aria-label="Left over from the file">
      <SurfaceHead title="Left over from the file" note={leftovers.length}><Button size="s" look="quiet" onClick={() => set([])}>Put all away</Button></SurfaceHead>
      <ul role="list" className="max-h-72 divide-y divide-line overflow-y-auto" tabIndex={0} aria-label="Lines that found no place">
        {leftovers.slice(0, 200).map((one) => (
          <li key={`${one.line} ${one.text}`} className="flex flex-wrap items-start gap-3 px-4 py-2">
            <span className="w-16 shrink-0 text-12 text-ink-3">line {one.line}</span>
            <span className="min-w-0 flex-1 basis-48"><span className="block text-12 text-ink-3">{one.why}</span><span className="block max-h-24 overflow-y-auto break-words whitespace-pre-wrap" dir="auto">{one.text}</span></span>
            <Button size="s" refusal={noGate ?? (label(one.text, 160) === '' ? 'It has no words.' : null)} onClick={() => { if (gate) { change((all) => addItem(all, before, gate.id, 'check', label(one.text, 160))); without(one) } }}>{gate ? `Item of gate ${gate.number}` : 'Make it an item'}</Button>
            <Button size="s" look="quiet" onClick={() => without(one)}>Put away</Button>
          </li>
        ))}
        {leftovers.length > 200 && <li className="px-4 py-2 text-ink-3">and {leftovers.length - 200} more, when these are done</li>}
      </ul>
    </Surface>
  )
}
