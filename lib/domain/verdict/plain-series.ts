/** Tells one plain series from the result of a function: only the first has samples with times of their own. */

/** Whether a query is one plain series: its samples have times of their own, which a function's result has not. */
export function isPlainSeries(query: string): boolean {
  return /^\s*[a-zA-Z_:][\w:]*\s*(\{(?:[^{}"']|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*\})?\s*$/.test(query)
}
