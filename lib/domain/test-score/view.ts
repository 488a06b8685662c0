/** The ML Test Score of a model as screens and the API show it. Zod-free. */
import type { RubricCode } from '@/lib/domain/template/template'
import type { SectionKey } from './rubric'
import type { Gain, Points, TestPoints } from './score'

export interface TestView {
  readonly code: RubricCode
  readonly name: string
  readonly points: Points
  /** Why it has these points, in a clause. */
  readonly words: string
  /** What it rests on; null at 0. */
  readonly by: { readonly title: string; readonly href: string; readonly code: string; readonly at: string; readonly expiresAt: string | null; readonly isAutomatic: boolean } | null
  readonly why: TestPoints['why']
  /** Lines that could answer it, newest release first, for those that have no points. */
  readonly could: readonly { readonly title: string; readonly href: string; readonly code: string }[]
}

/** The score as it was known at one moment: when a release became stable, or now (`code` null). */
export interface ScorePoint {
  readonly at: string
  readonly code: string | null
  readonly label: string
  readonly score: number
  readonly sections: readonly number[]
}

/** A page of the history, oldest first. */
export interface ScoreHistoryPage {
  readonly points: readonly ScorePoint[]
  readonly earlier: string | null
}

export interface TestScoreView {
  readonly modelId: string
  readonly asOf: string
  readonly score: number
  readonly reading: string
  readonly sections: readonly { readonly key: SectionKey; readonly name: string; readonly points: number; readonly isLowest: boolean; readonly tests: readonly TestView[] }[]
  readonly next: readonly { readonly code: RubricCode; readonly name: string; readonly gain: 0.5 | 1; readonly words: string; readonly href: string | null; readonly how: Gain['how'] }[]
  readonly nextScore: number
  /** The score when the last releases became stable, and now; oldest first. */
  readonly history: readonly ScorePoint[]
  /** What `before` is for earlier points; null: there are none. */
  readonly earlier: string | null
  /** How many releases became stable, ever. */
  readonly stableCount: number
  /** Releases that the score rests on; the oldest ones beyond a bound are left out. */
  readonly releaseCount: number
  /** The next evidence to expire that would lower the score. */
  readonly nextExpiry: { readonly at: string; readonly code: RubricCode; readonly score: number } | null
}
