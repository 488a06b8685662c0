/** Says in plain words whom an attempt calls, for places that know no member ids. */
import type { Delivery } from './message'

/** Names, as they are; empty when nobody is called. */
export function calledWords({ called = [] }: Delivery): string {
  return called.map((one) => one.name).join(', ')
}
