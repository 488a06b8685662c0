/** Opens the dialog that a link in a message prepared. It fills nothing in and sends nothing: a person reads, and decides. */
import { useEffect, useRef } from 'react'
import { signRefusal } from '@/components/gate/sign-foot'
import { openAsk } from '@/components/release/use-ask'
import { why, type Stage } from '@/components/release/stage'

/** Where an action cannot be taken (any more), the gate stands open and says why. The wish leaves the address, so that going back does not repeat it. */
export function usePreparedLink({ view, open, gateId }: Stage): void {
  const isDone = useRef(false)
  useEffect(() => {
    if (isDone.current || !new URLSearchParams(window.location.search).has('do')) return undefined
    // After the router has taken the address over, or it would write the wish back.
    const timer = setTimeout(() => {
      isDone.current = true
      const search = new URLSearchParams(window.location.search)
      const wish = search.get('do')
      search.delete('do')
      const rest = search.toString()
      window.history.replaceState(null, '', `${window.location.pathname}${rest === '' ? '' : `?${rest}`}${window.location.hash}`)
      const gate = view.gates.find((one) => one.id === gateId)
      if (wish === 'sign-off' && gate && signRefusal(view, gate) === null) open({ kind: 'sign-off', gateId: gate.id })
      else if (wish === 'go' && why(view, 'decide:go') === null) open({ kind: 'decision', decide: 'go' })
      else if (wish === 'roll-back' && why(view, 'roll-back') === null) openAsk(open, (asks) => asks.askRollBack(view))
    }, 0)
    return () => clearTimeout(timer)
  }, [view, open, gateId])
}
