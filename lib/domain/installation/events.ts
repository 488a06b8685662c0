/** What can have happened to the installation. */

import type { TeamId } from '@/lib/domain/actor'
import type { Holiday } from '@/lib/domain/holiday'
import type { GroupMapping, SeparationPolicy, Team } from '@/lib/domain/installation/state'
import type { StatusLink, StatusPageSettings } from '@/lib/domain/installation/status-page'
import type { FreeText } from '@/lib/domain/text'

type Event<T extends string, Body> = { readonly type: T; readonly v: 1 } & Readonly<Body>

export type InstallationEvent =
  | Event<'installation-set-up', { name: string; teams: readonly Team[]; separation: SeparationPolicy; at: string; by: string }>
  | Event<'installation-renamed', { name: string }>
  | Event<'team-added', { team: Team }>
  | Event<'team-changed', { team: Omit<Team, 'archivedAt'> }>
  | Event<'team-archived', { team: TeamId; at: string }>
  | Event<'team-restored', { team: TeamId }>
  | Event<'separation-proposed', { policy: SeparationPolicy; reason: FreeText; by: string; at: string }>
  | Event<'separation-confirmed', { policy: SeparationPolicy; proposedBy: string; confirmedBy: string }>
  | Event<'separation-withdrawn', { by: string }>
  | Event<'group-mapped', GroupMapping>
  | Event<'status-configured', StatusPageSettings>
  | Event<'status-link-set', StatusLink>
  | Event<'status-link-revoked', { at: string; by: string }>
  | Event<'holidays-added', { holidays: readonly Holiday[]; by: string; at: string }>
  | Event<'holidays-removed', { holidays: readonly Pick<Holiday, 'date' | 'name'>[]; by: string; at: string }>
  | Event<'group-unmapped', { groupId: string; team: TeamId }>
  /** `manifest`: SHA-256 of the pack's manifest, so that a pack that turns up later can be recognised. */
  | Event<'evidence-pack-made', { about: string; seq: number; manifest: string; by: string; at: string }>
  | Event<'checkpoint-key-replaced', { key: string; fingerprint: string; by: string; at: string }>
