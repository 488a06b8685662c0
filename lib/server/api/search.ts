/** The API of the search over everything that people wrote. */
import 'server-only'
import { z } from 'zod'
import { rawStore } from '@/lib/server/raw-store'
import { searchView } from '@/lib/server/view/search'
import { operation, type Operation } from './operation'

export const searchOperations: readonly Operation[] = [
  operation({
    id: 'search', method: 'GET', path: '/search', access: 'person',
    summary: 'Decisions, minutes, notes, evidence, comments and documents in which every word occurs; each with what it is and where it stands.',
    query: z.object({ q: z.string().max(200).default('') }),
    answer: z.object({ query: z.string(), hits: z.array(z.looseObject({ label: z.string(), owner: z.string(), href: z.string() })), isCut: z.boolean() }),
    handle: async ({ query }) => searchView(await rawStore(), query.q),
  }),
]
