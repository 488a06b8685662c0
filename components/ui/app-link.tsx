'use client'
/** A link inside of the application that opens without loading the document anew; takes any address that is put together at run time. */
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { startTransition, type ComponentProps } from 'react'

/** Whether the address lies inside of this application; the public documents, files and the API do not. */
export function isRoute(href: string): href is Route {
  return href.startsWith('/') && !href.startsWith('//') && !/^\/(status|api|feed)([/?#.]|$)/.test(href)
}

interface AppLinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  href: string
  /** Takes the place of this page in the history. */
  replace?: boolean
  /** False keeps the place on the page. */
  scroll?: boolean
  /** False fetches nothing ahead, not even when the pointer arrives. */
  prefetch?: boolean
}

/**
 * A plain link where it must be one (anchors, other sites, a click with a modifier key), a client-side navigation else.
 * The framework's own link would bring four kilobytes to prefetch what we do not want fetched ahead: pages show live state. The
 * frame of a page is fetched when the pointer arrives.
 */
export function AppLink({ href, replace = false, scroll = true, prefetch = true, onClick, onPointerEnter, ...rest }: AppLinkProps) {
  const router = useRouter()
  if (!isRoute(href)) return <a {...rest} href={href} onClick={onClick} onPointerEnter={onPointerEnter} />
  return (
    <a
      {...rest}
      href={href}
      onPointerEnter={(event) => {
        onPointerEnter?.(event)
        if (prefetch) router.prefetch(href)
      }}
      onClick={(event) => {
        onClick?.(event)
        const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
        if (event.defaultPrevented || !isPlain || (rest.target !== undefined && rest.target !== '_self') || rest.download !== undefined) return
        event.preventDefault()
        startTransition(() => (replace ? router.replace(href, { scroll }) : router.push(href, { scroll })))
      }}
    />
  )
}
