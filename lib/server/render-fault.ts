/** Hides what the server's log is told when a page could not be rendered: where and why, without the words of people and without codes that stand in addresses. */
import 'server-only'
import { loggable } from '@/lib/public/loggable'

/** Where the framework was when it failed: the route with the names of its variables, and what kind of rendering. */
export interface RenderPlace {
  readonly routePath: string
  readonly routeType: string
}

/** Says it on the console. In: what was thrown, and where. The digest is what the reader's error page shows. */
export function tellRenderFault(error: unknown, { routePath, routeType }: RenderPlace): void {
  const digest = typeof error === 'object' && error !== null && 'digest' in error && typeof error.digest === 'string' ? `, digest ${error.digest}` : ''
  console.error(`${routePath} could not be answered (${routeType}${digest})`, loggable(error))
}
