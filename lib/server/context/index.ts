/** Which area answers for the commands of which kind. One line per kind. */
import 'server-only'
import type { AggregateKind } from '@/lib/domain/aggregate'
import type { AnyRegistration } from '@/lib/server/context/registration'

export const contexts: Partial<Record<AggregateKind, AnyRegistration>> = {}
