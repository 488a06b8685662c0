/** What the worker of the outbox is given: the store, the ways out, and what is told when something moves. */
import 'server-only'
import type { KeyRing } from '@/db/secret'
import type { Store } from '@/db/store'
import type { DisabledReason } from '@/lib/domain/destination/state'
import type { SendMail } from '@/lib/server/notify/mail'
import type { Post } from '@/lib/server/notify/post'

export interface WorkerOptions {
  readonly store: Store
  readonly ring: KeyRing
  readonly post: Post
  /** How e-mail leaves; absent where none does. */
  readonly mail?: SendMail
  readonly publicUrl: string
  readonly allowedHosts: readonly string[]
  /** Called when the other side says that nothing will ever arrive there. */
  readonly disable: (destinationId: string, reason: DisabledReason, answer: string) => Promise<void>
  /** Called when a delivery moved, so that screens follow. */
  readonly onMoved?: (destinationId: string) => void
  /** Where signed checkpoints are posted as they are; null where nobody takes them. */
  readonly checkpointWebhook?: string | null
  /** The line about the signed checkpoint that the message about a go carries. */
  readonly checkpointLine?: (happenedAt: Date) => Promise<string | null>
  readonly onError?: (error: unknown) => void
  readonly now?: () => Date
  readonly random?: () => number
  /** Milliseconds between two messages of one destination: Slack takes about one a second (docs.slack.dev/apis/web-api/rate-limits). */
  readonly gapMs?: number
  readonly scheduleMs?: readonly number[]
  /** How long a place that fails again and again is left alone between two attempts. */
  readonly brokenMs?: number
}
