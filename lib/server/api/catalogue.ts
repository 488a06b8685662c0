/** The table of all operations; an area adds its own by one line. */
import 'server-only'
import { alertOperations } from './alerts'
import { calendarOperations } from './calendar'
import { checkInOperations } from './check-ins'
import { commandOperations } from './commands'
import { decisionExportOperations } from './decision-export'
import { destinationOperations } from './destinations'
import { fileOperations } from './files'
import { insightsOperations } from './insights'
import { liveOperation } from './live'
import { liveVersionOperations } from './live-versions'
import { mailTroubleOperations } from './mail-trouble'
import { metricItemOperations } from './metric-items'
import { metricOperations } from './metrics'
import { openApiOperation } from './openapi'
import type { Operation } from './operation'
import { recordOperations } from './record'
import { searchOperations } from './search'
import { statusPageOperations } from './status-page'
import { peopleOperations } from './people'
import { releaseOperations } from './releases'
import { sceneOperations } from './scene'
import { secretOperations } from './secrets'
import { sessionOperations } from './session'
import { sourceOperations } from './sources'
import { templateOperations } from './templates'
import { verdictOperations } from './verdicts'

let all: readonly Operation[] | null = null

/** Every operation of /api/v1. Made at the first call, because the description of the API is one of them. */
export function catalogue(): readonly Operation[] {
  all ??= [openApiOperation(catalogue), liveOperation, ...commandOperations, ...releaseOperations, ...insightsOperations, ...checkInOperations, ...calendarOperations, ...peopleOperations, ...destinationOperations, ...mailTroubleOperations, ...statusPageOperations, ...metricOperations, ...metricItemOperations, ...verdictOperations, ...sourceOperations, ...alertOperations, ...liveVersionOperations, ...sceneOperations, ...templateOperations, ...sessionOperations, ...recordOperations, ...secretOperations, ...searchOperations, ...decisionExportOperations, ...fileOperations]
  return all
}
