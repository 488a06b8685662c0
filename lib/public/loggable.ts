/** Hides what an error of a database driver carries beside its reason: the words of people, which a log must not hold, because nothing can be erased from it. */

/** The codes of an error and of what it wraps (drizzle puts the driver's error in `cause`). */
export function codesOf(error: unknown): string[] {
  const codes: string[] = []
  for (let link = error; link instanceof Error; link = link.cause) if ('code' in link) codes.push(String(link.code))
  return codes
}

/**
 * What of an error may stand in the server's log. In: anything that was thrown. Out: the same, or for a failed query, also where it is only the
 * cause, its text with what the driver said, and none of its parameters: these are words of people, which could not be erased from a log, and hashes of what they sign in with.
 */
export function loggable(error: unknown): unknown {
  for (let link = error; link instanceof Error; link = link.cause) {
    if (!('query' in link) || !('params' in link)) continue
    const said = link.cause instanceof Error ? [...codesOf(link.cause), link.cause.message].join(' ') : 'the driver gave no reason'
    return new Error(`A query failed, ${said}: ${String(link.query)}`)
  }
  return error
}
