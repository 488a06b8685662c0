/** What a judgement rested on: the parts and items that a signer saw, and what a metric said. */
import type { Unit } from '@/lib/domain/preset/unit'
import type { Part } from '@/lib/domain/template/template'
import type { Limit } from '@/lib/domain/verdict/limit'
import type { KeptPoint, Verdict } from '@/lib/domain/verdict/verdict'

/** The values of the fingerprint parts that one judgement rested on; readable, so that a difference can be shown. */
export type Parts = Readonly<Record<Part, string>>

/** What a signer saw of a gate: its parts, and for each asked item what it stood at ("met", "pass", "waived" …) with its content mark. */
export interface Seen {
  readonly parts: Readonly<Partial<Record<Part, string>>>
  readonly items: Readonly<Record<string, string>>
}

/** The verdict of a metric item at its last turn, with what was seen (rule 8). */
export interface ItemVerdict {
  readonly verdict: Verdict
  readonly value: number | null
  readonly samples: number
  readonly reason: string
  readonly query: string
  readonly at: string
  /** Down-sampled series as pairs of epoch seconds and value. */
  readonly series: readonly KeptPoint[]
}

/** The rule of a reading as it was when it was frozen, so that it can be read without the release as it is today. */
export interface FrozenTerms {
  readonly title: string
  /** The rule in words. */
  readonly rule: string
  readonly unit: Unit
  readonly limit: Limit | null
  readonly windowSeconds: number
  /** Since when the verdict stood. */
  readonly since: string
  /** The stable version's value at the same instant. */
  readonly stable: number | null
  /** What the newest single measurement said; the verdict that stands may tolerate it. */
  readonly last: Verdict
}

/** A verdict frozen into a judgement. Without terms: frozen before they were kept, and read as it was written. */
export interface FrozenVerdict extends ItemVerdict {
  readonly terms?: FrozenTerms
}
