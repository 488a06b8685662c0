/** What has happened to an environment; every event says when and by whom. */
import type { EnvironmentState, Freeze } from './state'

type E<T extends string, D> = { readonly type: T; readonly v: 1; readonly at: string; readonly by: string } & D
type Fields = Pick<EnvironmentState, 'name' | 'kind' | 'orchestrator' | 'sourceId' | 'zone'>

export type EnvironmentEvent =
  | E<'environment-added', Fields & { readonly id: string; readonly slug: string }>
  | E<'environment-edited', Fields>
  | E<'freeze-added', { readonly freeze: Freeze }>
  | E<'freeze-ended', { readonly freezeId: string }>
  | E<'environment-archived', unknown>
  | E<'environment-restored', unknown>
