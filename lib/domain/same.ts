/** Compares plain data by what it says; the order of names is left out of it, because Postgres gives a kept state back in an order of its own. */

function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Whether two pieces of plain data are the same. A name without a value (`undefined`) counts as absent. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder)
}
