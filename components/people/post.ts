/** Hides how the forms outside of the sign-in talk to the server: JSON there, a value or one sentence back. */

export interface Failure {
  readonly message: string
  /** Sentences by the field that they are about. */
  readonly fields: Readonly<Record<string, string>>
}

export type Posted = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly failure: Failure }

/** Posts JSON to one of our routes. Never throws: a lost connection is a failure with a sentence too. */
export async function post(path: string, body: unknown, method: 'POST' | 'DELETE' = 'POST'): Promise<Posted> {
  try {
    const response = await fetch(path, {
      method,
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify(body),
    })
    const value: unknown = response.status === 204 ? null : await response.json()
    return response.ok ? { ok: true, value } : { ok: false, failure: failureOf(value) }
  } catch {
    return { ok: false, failure: { message: 'The server could not be reached. Check the connection and try again.', fields: {} } }
  }
}

/** A member of an answer when it is a text. */
export function textOf(value: unknown, name: string): string | null {
  if (typeof value !== 'object' || value === null) return null
  const member: unknown = Reflect.get(value, name)
  return typeof member === 'string' ? member : null
}

function failureOf(problem: unknown): Failure {
  const message = textOf(problem, 'detail') ?? 'Something went wrong. Try again.'
  const fields: Record<string, string> = {}
  const blockers: unknown = typeof problem === 'object' && problem !== null ? Reflect.get(problem, 'blockers') : null
  for (const blocker of Array.isArray(blockers) ? blockers : []) {
    const code = textOf(blocker, 'code')
    const said = textOf(blocker, 'message')
    if (code !== null && said !== null) fields[code] = said
  }
  return { message, fields }
}
