/** Hides next-auth's protocol from the forms: a token against forged forms, then the credentials, then where to go. */
import { textOf } from '@/components/people/post'

const WORDS: Readonly<Record<string, string>> = {
  'too-many': 'Too many attempts. Wait a minute and try again.',
  'no-access': 'You are known to the identity provider, but may not come in here. Ask an admin.',
  wrong: 'The address or the password is not right.',
}

/** The sentence for a code in the address of the sign-in page. */
export function signInWords(code: string): string {
  return WORDS[code] ?? 'The sign-in did not succeed. Try again.'
}

/** Signs in with a password. Out: null when a session is open, else the sentence why not. */
export async function signInWithPassword(email: string, password: string): Promise<string | null> {
  return send('callback/credentials', { email, password }, (url) => {
    const error = new URL(url, location.origin).searchParams.get('error')
    return error === null ? null : signInWords(error)
  })
}

/** Leaves for the identity provider, to come back to a path. Out: a sentence when that is not possible. */
export async function signInWithProvider(next: string): Promise<string | null> {
  return send('signin/oidc', { callbackUrl: next }, (url) => {
    location.assign(url)
    return null
  })
}

/** Ends this session and opens the sign-in page. */
export async function signOut(): Promise<string | null> {
  return send('signout', {}, () => {
    location.assign('/sign-in')
    return null
  })
}

async function send(action: string, fields: Record<string, string>, done: (url: string) => string | null): Promise<string | null> {
  try {
    const csrf: unknown = await (await fetch('/api/auth/csrf', { cache: 'no-store' })).json()
    const body = new URLSearchParams({ ...fields, csrfToken: textOf(csrf, 'csrfToken') ?? '', json: 'true' })
    const response = await fetch(`/api/auth/${action}`, { method: 'POST', body })
    const answer: unknown = await response.json()
    return done(textOf(answer, 'url') ?? '/sign-in?error=unknown')
  } catch {
    return 'The server could not be reached. Check the connection and try again.'
  }
}
