/** Work in steps: a long computation as a generator that can be run at once, or with pauses in which others are served. Pure. */

/** Runs the steps at once. Out: what they come to; nothing where they were run before. */
export function drain<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Rows that are read between two pauses. */
const AT_ONCE = 100

/** Reads rows one by one with a pause now and then. */
export function* each<R>(rows: readonly R[], read: (row: R) => void): Generator<void, void> {
  for (const [index, row] of rows.entries()) {
    if (index % AT_ONCE === 0) yield
    read(row)
  }
}
