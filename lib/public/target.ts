/** Hides the forms in which a request may name what it wants: everything behind here sees a decodable path that begins with one slash. */

/**
 * The target of a request in origin form. In: the request line's target. Out: path and query; null when it is none that this product can have.
 * An absolute target (`GET http://elsewhere/…`, as proxies send) loses its origin, so that no redirect is ever built from it.
 */
export function plainTarget(target: string): string | null {
  const path = target.startsWith('/') ? target : originForm(target)
  if (path === null) return null
  try {
    return /[\0\r\n]/.test(decodeURIComponent(path.split('?', 1)[0] ?? '')) ? null : path
  } catch {
    return null
  }
}

function originForm(target: string): string | null {
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return null
  const { pathname, search } = new URL(target)
  return `${pathname.replace(/^\/+/, '/')}${search}`
}
