/** A number that leads to the releases behind it. */
import type { ReactNode } from 'react'
import { AppLink } from '@/components/ui/app-link'
import type { MeasureKey } from '@/lib/domain/flow/measure'

/** The address of the releases behind a measure. */
export type LinkTo = (measure: MeasureKey) => string

export function NumberLink({ measure, to, children }: { measure: MeasureKey; to: LinkTo; children: ReactNode }) {
  return <AppLink href={to(measure)} scroll className="text-link whitespace-nowrap tabular-nums" data-measure={measure}>{children}</AppLink>
}
