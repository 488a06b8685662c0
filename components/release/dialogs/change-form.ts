/** What the dialog that changes a fact of a release shares with its forms. */
import type { CommandOf } from '@/lib/domain/release/commands'
import type { ReleaseView } from '@/lib/domain/release/view'

export type Change = CommandOf<'change'>['change']

/** What a form says to the dialog: the changes so far (`null`: not complete). */
export interface FormProps {
  readonly view: ReleaseView
  readonly onChange: (changes: readonly Change[] | null) => void
}
