/** Shows a refusal: what is wrong, what stands in the way (each a link where it has a place), and that nothing was changed. */
import { AppLink } from '@/components/ui/app-link'
import { Mark } from '@/components/gate/mark'

/** The part of a refusal or a problem document that a screen shows. */
export interface ShownRefusal {
  readonly message: string
  readonly blockers?: readonly { readonly code: string; readonly message: string; readonly gateId?: string; readonly itemId?: string }[] | undefined
}

interface ProblemProps {
  refusal: ShownRefusal | null | undefined
  /** Where a blocker stands; gates and items are anchors of the release page when absent. */
  hrefOf?: (blocker: { gateId?: string; itemId?: string }) => string | null
}

function anchor(blocker: { gateId?: string; itemId?: string }): string | null {
  if (blocker.itemId !== undefined) return `#item-${blocker.itemId}`
  return blocker.gateId === undefined ? null : `#gate-${blocker.gateId}`
}

/** An alert with the refusal; renders nothing without one. */
export function Problem({ refusal, hrefOf = anchor }: ProblemProps) {
  if (!refusal) return null
  const blockers = refusal.blockers ?? []
  return (
    <div role="alert" className="flex gap-3 rounded-control border border-failed bg-failed-bg px-3 py-2">
      <span className="pt-1"><Mark state="failed" size={14} /></span>
      <div className="min-w-0">
        <p className="break-words">{refusal.message}</p>
        {blockers.length > 0 && (
          <ul className="mt-1 list-disc pl-4 text-12">
            {blockers.map((b, i) => {
              const href = hrefOf(b)
              return <li key={`${b.code}-${i}`}>{href === null ? b.message : <AppLink href={href} className="text-link">{b.message}</AppLink>}</li>
            })}
          </ul>
        )}
      </div>
    </div>
  )
}
