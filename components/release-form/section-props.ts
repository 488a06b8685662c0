/** What the page on which a release is opened shares with each of its sections. */
import type { Draft } from '@/components/release-form/draft'
import type { OpeningView } from '@/lib/domain/opening/view'

/** What every section is given. */
export interface SectionProps {
  readonly view: OpeningView
  readonly draft: Draft
  readonly set: (patch: Partial<Draft>) => void
  /** By field; empty until somebody has tried to open. */
  readonly faults: Readonly<Record<string, string>>
}
