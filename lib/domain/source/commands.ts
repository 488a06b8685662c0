/** The words in which metrics sources are added, changed and given up. */

import { z } from 'zod'
import { label } from '@/lib/domain/words'
import { AUTH_KINDS, TLS_PARTS } from './state'
import { urlFault } from './url'

/** Headers that would change whom we talk to or how; everything else is free. */
const FORBIDDEN_HEADERS = new Set(['host', 'content-length', 'transfer-encoding', 'connection', 'upgrade', 'authorization', 'cookie', 'accept-encoding', 'content-type'])

export const headerName = z.string().max(64).regex(/^[A-Za-z][A-Za-z0-9-]*$/, 'must be a header name such as X-Scope-OrgID')
  .refine((name) => !FORBIDDEN_HEADERS.has(name.toLowerCase()), 'is a header that the product sets itself')

export const sourceUrl = z.string().trim().max(500).superRefine((text, context) => {
  const fault = urlFault(text)
  if (fault !== null) context.addIssue({ code: 'custom', message: fault })
})

/** What people choose about a source; credentials are apart, because they must not pass through the record. */
export const sourceWishes = {
  name: label(80),
  url: sourceUrl,
  auth: z.enum(AUTH_KINDS),
  headerNames: z.array(headerName).max(10).refine((names) => new Set(names.map((name) => name.toLowerCase())).size === names.length, 'must name each header once'),
  /** Which parts of TLS the credentials hold; none when left out. */
  tls: z.array(z.enum(TLS_PARTS)).max(2).exactOptional(),
  scrapeIntervalSeconds: z.int().min(1).max(3600),
}

export const sourceCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('add-source'), ...sourceWishes, secretId: z.uuid().nullable() }),
  /** Without `secretId` the credentials stay as they are. */
  z.strictObject({ type: z.literal('edit-source'), ...sourceWishes, secretId: z.uuid().nullable().exactOptional() }),
  z.strictObject({ type: z.literal('archive-source') }),
  z.strictObject({ type: z.literal('restore-source') }),
])

export type SourceCommand = z.infer<typeof sourceCommand>
