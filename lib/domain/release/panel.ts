/** A metric panel of a release: a preset or an own query, with the threshold that its chart shows. */
export interface Panel {
  readonly id: string
  readonly title: string
  readonly presetId: string | null
  readonly query: string | null
  readonly unit: string
  readonly threshold: { readonly comparator: '<=' | '>=' | '<' | '>'; readonly value: number } | null
}
