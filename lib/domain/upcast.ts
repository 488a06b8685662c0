/** The one place where events of older shapes are brought to today's, so that every `apply` knows only the newest. */
import type { AggregateKind, DomainEvent } from '@/lib/domain/aggregate'

type Step = (event: DomainEvent) => DomainEvent

/** Per kind and type: index n takes an event from v n+1 to v n+2. Empty until the first shape changes. */
const steps: Partial<Record<AggregateKind, Record<string, readonly Step[]>>> = {}

/** In: an event as the log holds it. Out: the same event in today's shape. */
export function upcast(kind: AggregateKind, event: DomainEvent): DomainEvent {
  const later = steps[kind]?.[event.type]?.slice(event.v - 1) ?? []
  return later.reduce((older, step) => step(older), event)
}
