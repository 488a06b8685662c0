/** Alerts as screens show them. */
import type { Labels } from './alert'

/** An alert that came in, with what became of it. */
export interface InboundView {
  readonly id: string
  readonly receivedAt: string
  readonly isMatched: boolean
  readonly name: string
  readonly severity: string
  readonly summary: string
  readonly labels: Labels
  readonly startsAt: string
  readonly endsAt: string | null
  /** Why it matched nobody. */
  readonly reason: string
  readonly by: string
  readonly targets: readonly { readonly kind: 'release' | 'live'; readonly id: string; readonly name: string; readonly trouble: string }[]
}

export interface InboundAlertsView {
  readonly alerts: readonly InboundView[]
  /** Where Alertmanager sends to. */
  readonly url: string
}

/** An alert on a release or a live version, its words revealed. */
export interface AlertView {
  readonly key: string
  readonly name: string
  readonly severity: string
  readonly summary: string
  readonly startsAt: string
  readonly endsAt: string | null
  readonly labels: Labels
  readonly sourceUrl: string | null
  readonly isProposing: boolean
}
