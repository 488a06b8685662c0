'use client'
/** The checklist templates: what each is for, its size, and whether its rules can be met. */
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { AppLink } from '@/components/ui/app-link'
import { Button, ButtonLink } from '@/components/ui/button'
import { Pill } from '@/components/ui/pill'
import { EmptyState } from '@/components/ui/small'
import { PageHead, Row, Rows, Surface } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { templatesQuery } from '@/lib/client/scene'
import { formatPlural } from '@/lib/domain/format'
import type { TemplatesView } from '@/lib/domain/template/view'

const ImportChecklist = lazy(() => import('@/components/template/import-checklist').then((m) => ({ default: m.ImportChecklist })))

export function TemplatesScreen({ initial }: { initial: TemplatesView }) {
  const { data } = useQuery({ ...templatesQuery(), initialData: initial })
  const [isImporting, setImporting] = useState(false)
  return (
    <>
      <PageHead title="Templates" lead="The gates that a release goes through. A release keeps the revision it began with; adopting a newer one is its own step.">
        <Button refusal={data.allowed.create} onClick={() => setImporting(true)}>Import a checklist</Button>
        {data.allowed.create === null && <ButtonLink href="/settings/templates/new">New template</ButtonLink>}
      </PageHead>
      <Surface>
        {data.templates.length === 0 ? <EmptyState title="No template yet">The shipped ones are put in when the server starts; restart it, or look at its log.</EmptyState> : (
          <Rows>
            {data.templates.map((one) => (
              <Row key={one.id} title={<AppLink href={`/settings/templates/${one.id}`} className="text-link">{one.name}</AppLink>} detail={one.purpose}
                aside={<span className="flex flex-wrap items-center justify-end gap-2 text-12 text-ink-2">
                  {one.isWaiting && <Pill state="waiting" hasMark>a revision waits for its second person</Pill>}
                  {one.unmetCount > 0 && <Pill state="waiting" hasMark>{formatPlural(one.unmetCount, 'gate')} nobody can sign</Pill>}
                  {one.isArchived && <Pill state="idle">archived</Pill>}
                  <span>{formatPlural(one.gateCount, 'gate')}, {formatPlural(one.itemCount, 'item')}</span><span>revision {one.revision}, <Time at={one.changedAt} as="day" /></span>
                </span>} />
            ))}
          </Rows>
        )}
      </Surface>
      {isImporting && <Suspense><ImportChecklist teams={data.teams} onClose={() => setImporting(false)} /></Suspense>}
    </>
  )
}
