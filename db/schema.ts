/** Every table of the product, defined once for both databases. */
import { type Vocabulary, vocabularies } from '@/db/columns'
import { defineAccess } from '@/db/tables/access'
import { defineFlow } from '@/db/tables/flow'
import { defineLive } from '@/db/tables/live'
import { defineOperations } from '@/db/tables/operations'
import { defineProjections } from '@/db/tables/projections'
import { defineRecord } from '@/db/tables/record'
import { defineStatus } from '@/db/tables/status'

function define(c: Vocabulary) {
  return { ...defineRecord(c), ...defineOperations(c), ...defineAccess(c), ...defineLive(c), ...defineProjections(c), ...defineFlow(c), ...defineStatus(c) }
}

export type Schema = ReturnType<typeof define>

export const schemaFor = {
  sqlite: (): Schema => define(vocabularies.sqlite),
  postgres: (): Schema => define(vocabularies.postgres),
} as const
