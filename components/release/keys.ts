'use client'
/** The keys of the release screen; they are silent while somebody types or a dialog is open. */
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { signRefusal } from '@/components/gate/sign-foot'
import { openAsk } from '@/components/release/use-ask'
import { firstGate, gateOf, why, type Stage } from '@/components/release/stage'
import { showToast } from '@/components/shell/toasts'
import { isRoute } from '@/components/ui/app-link'

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

/** In: the stage, and whether a dialog is open. A key whose command is refused says why. */
export function useKeys(stage: Stage, isDialogOpen: boolean): void {
  const router = useRouter()
  useEffect(() => {
    const { view, gateId, select, open } = stage
    const at = view.gates.findIndex((gate) => gate.id === gateId)
    const gate = gateOf(view, gateId)
    const go = (to: number) => {
      const next = view.gates[to]
      if (next) select(next.id)
    }
    const unless = (key: string, act: () => void) => {
      const no = why(view, key)
      if (no === null) act()
      else showToast({ message: no })
    }
    const keys: Readonly<Record<string, () => void>> = {
      j: () => go(at + 1),
      k: () => go(at - 1),
      b: () => select(firstGate(view)),
      s: () => {
        const no = gate ? signRefusal(view, gate) : null
        if (no === null) open({ kind: 'sign-off', gateId })
        else showToast({ message: no })
      },
      x: () => unless(`reject:${gateId}`, () => gate && openAsk(open, (asks) => asks.askReject(gate))),
      d: () => open({ kind: 'decision', decide: 'go' }),
      c: () => unless('attach-document', () => open({ kind: 'document', gateId })),
      r: () => unless('roll-back', () => openAsk(open, (asks) => asks.askRollBack(view))),
      t: () => {
        const timeline = `/releases/${view.code}/timeline`
        if (isRoute(timeline)) router.push(timeline)
      },
      e: () => {
        const item = gate?.items.find((one) => !one.isSettled && (one.kind === 'evidence' || one.kind === 'check' || one.kind === 'value')) ?? gate?.items.find((one) => one.kind === 'evidence')
        if (item) unless(`add-evidence:${item.id}`, () => open({ kind: 'evidence', itemId: item.id }))
      },
      '?': () => open({ kind: 'help' }),
    }
    const onKey = (event: KeyboardEvent) => {
      if (isDialogOpen || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target) || document.querySelector('dialog[open]')) return
      const act = keys[event.key]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [stage, isDialogOpen, router])
}
