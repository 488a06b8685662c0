/** The dialogs of the release screen as data, so that a button only says which one it wants and the code of it is loaded then. */
import type { ReleaseCommand } from '@/lib/domain/release/commands'

/** A question for one text (and perhaps a date), answered with a command. */
export interface Ask {
  readonly title: string
  readonly description?: string
  readonly label: string
  readonly hint?: string
  /** The button that sends it: "Reject gate". */
  readonly confirm: string
  readonly look?: 'primary' | 'danger'
  readonly isOptional?: boolean
  readonly isOneLine?: boolean
  readonly start?: string
  /** Asks for an end too, offered so many days from now. */
  readonly until?: { readonly label: string; readonly days: number; readonly hint?: string }
  readonly build: (text: string, until: string) => ReleaseCommand
}

export type ChangePart = 'claim' | 'serving' | 'evaluation' | 'steps' | 'rollback-plan' | 'feedback' | 'target' | 'owners'
export type DecideKind = 'go' | 'go-with-conditions' | 'no-go' | 'defer' | 'choice'

/** What a dialog begins with, so that Enter alone records it; whoever opened it wrote it from what is on the screen. */
export interface Prepared {
  readonly title: string
  readonly reason: string
}

export type DialogRequest =
  | { readonly kind: 'ask'; readonly ask: Ask }
  | { readonly kind: 'sign-off'; readonly gateId: string; readonly isPrepared?: true }
  | { readonly kind: 'break-glass'; readonly gateId: string }
  | { readonly kind: 'inherit'; readonly gateId: string }
  | { readonly kind: 'evidence'; readonly itemId: string }
  | { readonly kind: 'rule'; readonly itemId: string }
  | { readonly kind: 'decision'; readonly decide: DecideKind; readonly itemId?: string; readonly supersedes?: number; readonly prepared?: Prepared }
  | { readonly kind: 'document'; readonly gateId?: string; readonly itemId?: string }
  | { readonly kind: 'action'; readonly prepared?: Prepared }
  | { readonly kind: 'change'; readonly part: ChangePart }
  | { readonly kind: 'candidate' }
  | { readonly kind: 'risk' }
  | { readonly kind: 'adopt' }
  | { readonly kind: 'help' }
