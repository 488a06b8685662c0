/** Says which sign-off rules today's members cannot meet, and the ways out. */
import { Mark } from '@/components/gate/mark'
import { formatPlural } from '@/lib/domain/format'
import type { UnmetRule } from '@/lib/domain/template/attainable'

/** In: the rules, and the words for when they count ("at risk high"). Nothing without one. */
export function UnmetRules({ rules, when }: { rules: readonly UnmetRule[]; when: string }) {
  if (rules.length === 0) return null
  return (
    <div className="rounded-control border border-waiting bg-waiting-bg px-3 py-2" role="note">
      <p className="flex items-center gap-2 font-medium text-waiting"><Mark state="waiting" size={14} />{formatPlural(rules.length, 'gate')} cannot be signed by today’s members {when}</p>
      <ul role="list" className="mt-2 flex flex-col gap-2 text-12">
        {rules.map((rule) => (
          <li key={rule.gateId}>
            <span className="font-medium">{rule.gateNumber}. {rule.gateName}:</span> {rule.message}
            <ul className="list-disc pl-4 text-ink-2">{rule.waysOut.map((way) => <li key={way}>{way}</li>)}</ul>
          </li>
        ))}
      </ul>
    </div>
  )
}
