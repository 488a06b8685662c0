/** Runs long computations without holding up other requests: a few milliseconds, then everybody else's turn. */
import 'server-only'

const SLICE_MS = 8

const breath = () => new Promise<void>((resolve) => { setImmediate(resolve) })

/** In: a computation in steps. Out: what it comes to. */
export async function unhurried<T>(steps: Generator<void, T>): Promise<T> {
  for (let began = performance.now(); ;) {
    const step = steps.next()
    if (step.done) return step.value
    if (performance.now() - began < SLICE_MS) continue
    await breath()
    began = performance.now()
  }
}

/** What some pages come to in one list; a database within the process would give them all in one breath. In: what is made of each row, itself unless said. */
export function gathered<R>(pages: AsyncGenerator<readonly R[]>): Promise<readonly R[]>
export function gathered<R, T>(pages: AsyncGenerator<readonly R[]>, make: (row: R) => T): Promise<readonly T[]>
export async function gathered<R>(pages: AsyncGenerator<readonly R[]>, make: (row: R) => unknown = (row) => row): Promise<readonly unknown[]> {
  const all: unknown[] = []
  for await (const page of pages) {
    for (const row of page) all.push(make(row))
    await breath()
  }
  return all
}
