/** What has happened to a template; every event says when and by whom. */
import type { FreeText } from '@/lib/domain/text'
import type { TemplateRevision } from './template'

type E<T extends string, D> = { readonly type: T; readonly v: 1; readonly at: string; readonly by: string } & D

export type TemplateEvent =
  | E<'template-created', { readonly content: TemplateRevision }>
  | E<'template-revised', { readonly content: TemplateRevision; readonly reason: FreeText }>
  | E<'revision-proposed', { readonly content: TemplateRevision; readonly reason: FreeText; readonly changedRules: readonly string[] }>
  | E<'revision-confirmed', { readonly revision: number }>
  | E<'revision-withdrawn', unknown>
  | E<'template-archived', unknown>
  | E<'template-restored', unknown>
