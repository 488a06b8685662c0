/** What the URL of a metrics source may look like. */

/** What is wrong with it, as an ending of "The URL …"; `null` when nothing is. Which addresses it leads to is checked when it is called. */
export function urlFault(text: string): string | null {
  if (!URL.canParse(text)) return 'must be a URL such as http://prometheus:9090'
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'must begin with http:// or https://'
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password; use basic authentication'
  if (url.search !== '' || url.hash !== '') return 'must not have a query or a fragment'
  if (/\/api\/v1\/?$/.test(url.pathname)) return 'must end before /api/v1'
  return null
}

/** Scheme, host and port: credentials go to one origin only. */
export function originOf(url: string): string {
  return new URL(url).origin
}
