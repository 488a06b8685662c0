/** A link to an address that is put together at run time; takes any string, where the framework's own link only takes known routes. */
import Link from 'next/link'
import type { ComponentProps } from 'react'

/** Splits an address of this application into what the framework's link takes. In: path with optional query and hash, or only a hash. */
export function addressOf(href: string): { pathname: string; search: string; hash: string } {
  const [beforeHash = '', hash] = href.split('#', 2)
  const [pathname = '', search] = beforeHash.split('?', 2)
  return { pathname, search: search === undefined ? '' : `?${search}`, hash: hash === undefined ? '' : `#${hash}` }
}

/** Client-side navigation inside of the application. */
export function AppLink({ href, ...rest }: Omit<ComponentProps<typeof Link>, 'href'> & { href: string }) {
  return <Link {...rest} href={addressOf(href)} />
}
