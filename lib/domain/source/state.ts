/** A metrics source: a Prometheus or a relative of it that the product may ask. Never its credentials. */

import type { FreeText } from '@/lib/domain/text'

export const AUTH_KINDS = ['none', 'basic', 'bearer'] as const
export type AuthKind = (typeof AUTH_KINDS)[number]

/** What of TLS a source has of its own; the PEM texts lie with the credentials. */
export const TLS_PARTS = ['ca', 'client-certificate'] as const
export type TlsPart = (typeof TLS_PARTS)[number]

export interface SourceState {
  readonly id: string
  readonly name: FreeText
  /** With its path prefix. */
  readonly url: FreeText
  readonly auth: AuthKind
  /** Names of the headers that are sent besides, such as X-Scope-OrgID; their values are encrypted. */
  readonly headerNames: readonly string[]
  /** Absent: the authorities of the system, and no client certificate. */
  readonly tls?: readonly TlsPart[]
  /** Names the encrypted credentials and header values; `null` when there are none. Each change has a new one. */
  readonly secretId: string | null
  /** Shortest interval at which its targets are scraped: steps and rate windows follow it. */
  readonly scrapeIntervalSeconds: number
  readonly addedAt: string
  readonly addedBy: string
  readonly archivedAt: string | null
}
