/** A link to an address that is put together at run time; takes any string, where the framework's own link only takes known routes. */
import type { Route } from 'next'
import Link from 'next/link'
import type { ComponentProps, MouseEventHandler } from 'react'

/** Whether the address lies inside of this application, so that it opens without loading the document anew. */
export function isRoute(href: string): href is Route {
  return href.startsWith('/') && !href.startsWith('//') && !/^\/(status|api|feed)([/?#.]|$)/.test(href)
}

interface AppLinkProps extends Omit<ComponentProps<typeof Link>, 'href' | 'onClick' | 'prefetch' | 'replace' | 'scroll'> {
  href: string
  onClick?: MouseEventHandler<HTMLAnchorElement> | undefined
  prefetch?: boolean
  replace?: boolean
  scroll?: boolean
}

/**
 * Client-side navigation inside of the application; a plain link for anchors, the public documents and other sites.
 * Pages are not fetched ahead unless `prefetch` says so: they show live state, and each one asked ahead costs the server a view.
 */
export function AppLink({ href, onClick, prefetch = false, replace = false, scroll = true, ...rest }: AppLinkProps) {
  const own = onClick === undefined ? rest : { ...rest, onClick }
  if (!isRoute(href)) return <a href={href} {...own} />
  return <Link href={href} replace={replace} scroll={scroll} prefetch={prefetch} {...own} />
}
