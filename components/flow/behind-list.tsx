'use client'
/** The releases behind one number, largest first. */
import { AppLink } from '@/components/ui/app-link'
import { ButtonLink } from '@/components/ui/button'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { formatPlural } from '@/lib/domain/format'
import type { BehindView } from '@/lib/domain/flow/view'
import { valueWords } from '@/lib/domain/flow/words'

export function BehindList({ behind, close }: { behind: BehindView; close: string }) {
  const isPlainCount = behind.unit === 'count' && behind.rows.every((row) => row.value === 1)
  return (
    <Surface id="behind" aria-label="Behind the number" className="mt-4 scroll-mt-4">
      <SurfaceHead title={behind.title} note={formatPlural(behind.total, 'release')}><ButtonLink href={close} size="s">Close</ButtonLink></SurfaceHead>
      <Table
        caption={`${behind.title}: the releases`} rows={behind.rows} rowKey={(row) => row.code}
        columns={[
          { key: 'code', head: 'Release', cell: (row) => <AppLink href={`/releases/${row.code}/timeline/lanes`} className="mono text-link whitespace-nowrap">{row.code}</AppLink> },
          { key: 'model', head: 'Model', cell: (row) => row.model },
          { key: 'environment', head: 'Environment', cell: (row) => row.environment },
          { key: 'risk', head: 'Risk', cell: (row) => row.risk },
          { key: 'outcome', head: 'Ended', cell: (row) => <>{row.outcome.replace('-', ' ')} <Time at={new Date(row.finishedAt).toISOString()} as="day" className="text-ink-3" /></> },
          ...(isPlainCount ? [] : [{ key: 'value', head: behind.unit === 'working-time' ? 'Working time' : behind.unit === 'time' ? 'Time' : 'Times', isNumber: true, cell: (row: BehindView['rows'][number]) => valueWords(row.value, behind.unit) }]),
        ]}
      />
      {behind.total > behind.rows.length && <p className="px-4 py-3 text-12 text-ink-3">The first {behind.rows.length} of {behind.total}; the CSV has all of them.</p>}
    </Surface>
  )
}
