/** Reads what stands after the question mark alike on the server and in the browser: a page that both read otherwise would ask for two different things. */

/** In: the search parameters as a page gets them. Out: a reader that says what `URLSearchParams.get` would say, so of several values the first. */
export function readerOf(asked: Readonly<Record<string, string | readonly string[] | undefined>>): (name: string) => string | null {
  return (name) => {
    const value = asked[name]
    return (typeof value === 'string' ? value : value?.[0]) ?? null
  }
}
