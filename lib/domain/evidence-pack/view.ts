/** What the Record screen shows: how the chain stands, what was signed about it, with which key, and where that went. Zod-free. */
import type { CheckpointReason } from './statement'

export interface KeyView {
  readonly id: string
  readonly fingerprint: string
  readonly publicKey: string
  readonly createdAt: string
  readonly retiresAt: string | null
  /** The older key that stands behind it. */
  readonly endorsedBy: string | null
  readonly isSigning: boolean
}

export interface CheckpointView {
  readonly id: string
  readonly seq: number
  readonly hash: string
  readonly at: string
  readonly reason: CheckpointReason
  readonly key: string
}

export interface RecordView {
  /** `waiting`: the check of this start has not ended yet. */
  readonly check: { readonly state: 'waiting' | 'sound' | 'faulty'; readonly at: string | null; readonly seq: number | null; readonly faults: readonly string[] }
  readonly head: { readonly seq: number; readonly hash: string }
  readonly installation: string | null
  readonly keys: readonly KeyView[]
  /** The newest, at most fifty. */
  readonly checkpoints: readonly CheckpointView[]
  /** Where checkpoints leave the machine. Never the address itself. */
  readonly outside: { readonly isFiled: boolean; readonly isPosted: boolean; readonly isInSlack: boolean }
  /** For each thing that a button may do: null, or the sentence that says why not. */
  readonly refusals: Readonly<Record<'check' | 'checkpoint' | 'replaceKey' | 'packPeriod', string | null>>
}

export const REASON_WORDS: Readonly<Record<CheckpointReason, string>> = { go: 'a go', daily: 'daily', asked: 'by hand', pack: 'evidence pack', key: 'new key' }
