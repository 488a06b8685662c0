/** Hides that a question which is asked with every request is put together once per store: building one costs more than answering it. */
import type { Store } from '@/db/store'

/** In: what puts a question together. Out: the question of a store, the same each time. */
export function preparedOnce<Question>(make: (store: Store) => Question): (store: Store) => Question {
  const known = new WeakMap<Store, Question>()
  return (store) => {
    const before = known.get(store)
    if (before !== undefined) return before
    const made = make(store)
    known.set(store, made)
    return made
  }
}
