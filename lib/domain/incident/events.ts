/** What can have happened to an incident of the status page. */

import type { Audience, Impact, IncidentPlace, IncidentStatus } from '@/lib/domain/incident/state'
import type { FreeText } from '@/lib/domain/text'

type Event<T extends string, Body> = { readonly type: T; readonly v: 1; readonly at: string; readonly by: string } & Readonly<Body>

interface Head { audience: Audience; title: FreeText; impact: Impact; places: readonly IncidentPlace[] }

export type IncidentEvent =
  | Event<'incident-opened', Head & { id: string; about: string | null; status: IncidentStatus; text: FreeText; startedAt: string }>
  | Event<'incident-updated', { number: number; status: IncidentStatus; text: FreeText; impact: Impact }>
  | Event<'incident-edited', Head>
  | Event<'update-corrected', { number: number; text: FreeText }>
  | Event<'post-mortem-written', { text: FreeText }>
  | Event<'incident-withdrawn', { reason: FreeText }>
