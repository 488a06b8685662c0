/** The one check of addresses that people paste: only http and https, no credentials, no hidden characters. Zod-free. */

const HIDDEN = /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u
const MOST_CHARACTERS = 2_000

export type CheckedAddress = { readonly ok: true; readonly href: string } | { readonly ok: false; readonly problem: string }

/** In: an address as pasted. Out: its normal form, or one sentence that says what is wrong. */
export function checkAddress(pasted: string): CheckedAddress {
  const text = pasted.trim()
  if (text === '') return { ok: false, problem: 'Paste an address that begins with https://.' }
  if (text.length > MOST_CHARACTERS) return { ok: false, problem: `An address has at most ${MOST_CHARACTERS} characters; this has ${text.length}.` }
  if (HIDDEN.test(text)) return { ok: false, problem: 'The address contains spaces, control or invisible characters.' }
  if (!/^https?:\/\//i.test(text)) return { ok: false, problem: 'Only addresses that begin with https:// or http:// can be linked.' }
  if (!URL.canParse(text)) return { ok: false, problem: 'This is not a whole address. Copy it from the browser’s address bar.' }
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return { ok: false, problem: 'The address contains a user name or password. Remove what stands before the @.' }
  return { ok: true, href: url.href }
}

/** The address when it may stand in a link, else null: the last check before an `href`. */
export function safeHref(stored: string): string | null {
  const checked = checkAddress(stored)
  return checked.ok ? checked.href : null
}
