/** Which area answers for the commands of which kind. One line per kind. */
import 'server-only'
import type { AggregateKind } from '@/lib/domain/aggregate'
import type { AnyRegistration } from '@/lib/server/context/registration'
import { checkInContext } from '@/lib/server/context/check-in'
import { destinationContext } from '@/lib/server/context/destination'
import { incidentContext } from '@/lib/server/context/incident'
import { installationContext } from '@/lib/server/context/installation'
import { environmentContext } from '@/lib/server/context/environment'
import { liveContext } from '@/lib/server/context/live'
import { modelContext } from '@/lib/server/context/model'
import { seriesContext } from '@/lib/server/context/series'
import { sourceContext } from '@/lib/server/context/source'
import { releaseContext } from '@/lib/server/context/release'
import { templateContext } from '@/lib/server/context/template'
import { personContext } from '@/lib/server/context/person'
import { tokenContext } from '@/lib/server/context/token'

export const contexts: Partial<Record<AggregateKind, AnyRegistration>> = {
  'check-in': checkInContext,
  destination: destinationContext,
  incident: incidentContext,
  installation: installationContext,
  environment: environmentContext,
  live: liveContext,
  model: modelContext,
  release: releaseContext,
  series: seriesContext,
  source: sourceContext,
  template: templateContext,
  person: personContext,
  token: tokenContext,
}
