'use client'
/** The incidents of the status page: what was written, what the product found and waits for words, and the way to write. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { IncidentCard } from '@/components/incident/incident-card'
import { IncidentDialog, type IncidentDraft } from '@/components/incident/incident-dialog'
import { IMPACT_TEXT } from '@/components/incident/words'
import { AppLink } from '@/components/ui/app-link'
import { Button, ButtonLink } from '@/components/ui/button'
import { Pill } from '@/components/ui/pill'
import { EmptyState } from '@/components/ui/small'
import { PageHead, Row, Rows, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { incidentsQuery } from '@/lib/client/notify'
import type { IncidentsView } from '@/lib/domain/status/editor-view'
import { INCIDENT_TEXT } from '@/lib/domain/status/status'

const FRESH: IncidentDraft = { about: null, name: '', impact: 'minor', status: 'investigating', audience: 'internal' }

export function IncidentsScreen({ initial }: { initial: IncidentsView }) {
  const { data } = useQuery({ ...incidentsQuery(), initialData: initial })
  const [draft, setDraft] = useState<IncidentDraft | null>(null)
  const open = data.written.filter((one) => one.withdrawn === null && one.resolvedAt === null).length
  return (
    <>
      <PageHead title="Incidents" lead={open === 0 ? 'No written incident is open.' : `${open} written ${open === 1 ? 'incident is' : 'incidents are'} open.`}>
        <ButtonLink href="/settings/status">What the page shows</ButtonLink>
        <Button look="primary" refusal={data.refusal} onClick={() => setDraft(FRESH)}>Write an incident</Button>
      </PageHead>
      <div className="flex flex-col gap-4">
        {data.written.length === 0 && (
          <Surface><EmptyState title="Nobody has written an incident yet">Roll-backs, holds and values past their limit appear on the page by themselves, in fixed words. Write here what the product cannot know, or say it in your own words.</EmptyState></Surface>
        )}
        {data.written.map((one) => <IncidentCard key={one.id} incident={one} view={data} />)}
        <Surface aria-label="Found by Gatehouse">
          <SurfaceHead title="Found by Gatehouse" note="on the page in standard words until somebody writes" />
          {data.found.length === 0 ? <p className="p-4 text-ink-2">Nothing that is published went wrong.</p> : (
            <Rows>
              {data.found.map((one) => (
                <Row
                  key={one.key}
                  title={one.path === null ? one.name : <AppLink href={one.path} className="hover:underline" prefetch={false}>{one.name}</AppLink>}
                  detail={<>{one.impact === 'none' ? 'No impact' : `Impact ${IMPACT_TEXT[one.impact].toLowerCase()}`}, began <Time at={one.startedAt} />{one.audience === 'internal' ? ', on the internal page only' : ''}</>}
                  aside={<Button size="s" refusal={data.refusal} onClick={() => setDraft({ about: one.key, name: one.name, impact: one.impact, status: one.status, audience: one.audience })}>Write about it</Button>}
                >
                  <Pill state={INCIDENT_TEXT[one.status].mark} hasMark>{INCIDENT_TEXT[one.status].label}</Pill>
                </Row>
              ))}
            </Rows>
          )}
        </Surface>
      </div>
      {draft !== null && <IncidentDialog draft={draft} view={data} onClose={() => setDraft(null)} />}
    </>
  )
}
