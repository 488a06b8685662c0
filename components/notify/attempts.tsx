/** Every attempt at one delivery with what was answered, and whatever was sent below. */
import type { ReactNode } from 'react'
import { Time } from '@/components/ui/time'
import type { AttemptView } from '@/lib/domain/destination/view'
import { formatPlural } from '@/lib/domain/format'

export function Attempts({ id, attempts, children }: { id: string; attempts: readonly AttemptView[]; children?: ReactNode }) {
  return (
    <details className="order-last basis-full text-12">
      <summary className="text-ink-2">{formatPlural(attempts.length, 'attempt')}</summary>
      <p className="mt-2 text-ink-3">Delivery <span className="mono break-all">{id}</span></p>
      <ol className="mt-2 flex flex-col gap-1">
        {attempts.map((attempt) => (
          <li key={attempt.at} className="flex flex-wrap gap-2">
            <Time at={attempt.at} as="exact" /> <span className="mono">{attempt.status}</span> <span className="text-ink-3">{attempt.durationMs} ms</span> <span className="min-w-0 break-words">{attempt.excerpt}</span>
          </li>
        ))}
      </ol>
      {children}
    </details>
  )
}
