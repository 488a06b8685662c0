'use client'
/** One written incident with everything that was told, and what can be done with it. */
import { lazy, Suspense, useState } from 'react'
import { AUDIENCE_TEXT, IMPACT_TEXT } from '@/components/incident/words'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { Pill } from '@/components/ui/pill'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import type { IncidentsView, WrittenIncident } from '@/lib/domain/status/editor-view'
import { INCIDENT_TEXT } from '@/lib/domain/status/status'
import type { Telling } from '@/components/incident/tell-dialog'

const TellDialog = lazy(async () => ({ default: (await import('@/components/incident/tell-dialog')).TellDialog }))

export function IncidentCard({ incident, view }: { incident: WrittenIncident; view: IncidentsView }) {
  const [telling, setTelling] = useState<Telling | null>(null)
  const { title, status, impact, audience, updates, postMortem, withdrawn, path, places } = incident
  const affected = places.map((place) => `${view.models.find((one) => one.id === place.modelId)?.name ?? 'an archived model'} in ${view.environments.find((one) => one.id === place.environmentId)?.name ?? 'an archived environment'}`)
  return (
    <Surface aria-label={title}>
      <SurfaceHead title={title} note={incident.about === null ? undefined : 'about what Gatehouse found'}>
        <Pill state={withdrawn === null ? INCIDENT_TEXT[status].mark : 'idle'} hasMark>{withdrawn === null ? INCIDENT_TEXT[status].label : 'Withdrawn'}</Pill>
      </SurfaceHead>
      <div className="flex flex-col gap-3 p-4">
        <p className="text-ink-2">
          {AUDIENCE_TEXT[audience]}, {impact === 'none' ? 'no impact' : `impact ${IMPACT_TEXT[impact].toLowerCase()}`}, began <Time at={incident.startedAt} />{affected.length > 0 ? `. Affected: ${affected.join('; ')}` : ''}.
          {path === null ? null : <> <AppLink href={path} className="text-link" prefetch={false}>On the page</AppLink></>}
        </p>
        {withdrawn !== null && <p><b className="font-medium">Withdrawn</b> by {withdrawn.by} <Time at={withdrawn.at} />: {withdrawn.reason}</p>}
        <ol className="flex flex-col gap-2 border-l border-line-strong pl-3">
          {updates.toReversed().map((update) => (
            <li key={update.number}>
              <div className="flex flex-wrap items-center gap-x-2">
                <span className="font-medium">{INCIDENT_TEXT[update.status].label}</span>
                <span className="text-12 text-ink-3"><Time at={update.at} /> by {update.by}{update.correctedAt === null ? '' : ', corrected'}</span>
                {withdrawn === null && view.refusal === null && <Button size="s" look="quiet" aria-label={`Correct update ${update.number}`} onClick={() => setTelling({ kind: 'correct', number: update.number, text: update.text })}>Correct</Button>}
              </div>
              <p className="break-words whitespace-pre-line text-ink-2">{update.text}</p>
            </li>
          ))}
        </ol>
        {postMortem !== null && <details><summary className="cursor-pointer font-medium">Post-mortem</summary><p className="mt-1 break-words whitespace-pre-line text-ink-2">{postMortem}</p></details>}
        {withdrawn === null && (
          <div className="flex flex-wrap gap-2">
            <Button size="s" look={status === 'resolved' ? 'plain' : 'primary'} refusal={view.refusal} onClick={() => setTelling({ kind: 'update' })}>Add an update</Button>
            <Button size="s" refusal={view.refusal} onClick={() => setTelling({ kind: 'edit' })}>Edit the details</Button>
            <Button size="s" refusal={view.refusal ?? (status === 'resolved' ? null : 'A post-mortem comes after the end.')} onClick={() => setTelling({ kind: 'post-mortem' })}>{postMortem === null ? 'Write a post-mortem' : 'Rewrite the post-mortem'}</Button>
            <Button size="s" look="quiet" refusal={view.refusal} onClick={() => setTelling({ kind: 'withdraw' })}>Withdraw</Button>
          </div>
        )}
      </div>
      {telling !== null && <Suspense><TellDialog telling={telling} incident={incident} view={view} onClose={() => setTelling(null)} /></Suspense>}
    </Surface>
  )
}
