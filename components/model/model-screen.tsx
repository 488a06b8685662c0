'use client'
/** One model: what is live where, its versions, shared documents and releases. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { TeamMark } from '@/components/gate/team-mark'
import { ModelDocuments } from '@/components/model/documents'
import { LiveVersions } from '@/components/model/live-versions'
import { RegisterModel } from '@/components/model/register-model'
import { TestScore } from '@/components/model/test-score'
import { Versions } from '@/components/model/versions'
import { AppLink } from '@/components/ui/app-link'
import { Button, ButtonLink } from '@/components/ui/button'
import { Pill } from '@/components/ui/pill'
import { Problem } from '@/components/ui/problem'
import { EmptyState } from '@/components/ui/small'
import { PageHead, Rows, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { useCommand } from '@/lib/client/commands'
import { modelQuery } from '@/lib/client/scene'
import type { ModelView } from '@/lib/domain/model/view'
import type { TestScoreView } from '@/lib/domain/test-score/view'

export function ModelScreen({ initial, score }: { initial: ModelView; score: TestScoreView | null }) {
  const { data: model } = useQuery({ ...modelQuery(initial.id), initialData: initial })
  const [isEditing, setEditing] = useState(false)
  const { run, pending, refusal } = useCommand('model', model.id)
  const team = model.teams.find((one) => one.id === model.ownerTeam)
  return (
    <>
      <PageHead
        title={<span className="flex flex-wrap items-center gap-3">{model.name}<span className="mono text-13 font-normal text-ink-3">{model.codePrefix}</span>{team && <span className="text-13 font-normal text-ink-2"><TeamMark shape={team.shape} name={team.name} /></span>}{model.isArchived && <Pill state="idle">archived</Pill>}</span>}
        lead={model.purpose === '' ? undefined : model.purpose}
      >
        <Button refusal={model.allowed.edit} onClick={() => setEditing(true)}>Change</Button>
        {model.isArchived
          ? <Button refusal={model.allowed.restore} isBusy={pending} onClick={() => void run({ type: 'restore-model' })}>Restore</Button>
          : <Button look="quiet" refusal={model.allowed.archive} isBusy={pending} onClick={() => void run({ type: 'archive-model' })}>Archive</Button>}
        <ButtonLink href={`/releases/new?model=${model.slug}`} look="primary" refusal={model.versions.length === 0 ? 'Register a version first.' : model.allowed.openRelease}>Open a release</ButtonLink>
      </PageHead>
      <div className="mb-4"><Problem refusal={refusal} /></div>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
        <div className="flex min-w-0 flex-col gap-4">
          {score !== null && score.releaseCount > 0 && <TestScore initial={score} />}
          <Versions model={model} />
          <ModelDocuments model={model} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <LiveVersions model={model} />
          <ReleasesOfModel model={model} />
        </div>
      </div>
      <RegisterModel isOpen={isEditing} onClose={() => setEditing(false)} view={model} model={model} />
    </>
  )
}

const RELEASES_AT_ONCE = 20

function ReleasesOfModel({ model }: { model: ModelView }) {
  const [isAll, setAll] = useState(false)
  const rest = isAll ? 0 : model.releases.length - RELEASES_AT_ONCE
  return (
    <Surface>
      <SurfaceHead title="Releases" note={model.releases.length} />
      {model.releases.length === 0 ? (
        <EmptyState title="None yet">A release takes one version into one environment, through the gates.</EmptyState>
      ) : (
        <Rows>
          {(isAll ? model.releases : model.releases.slice(0, RELEASES_AT_ONCE)).map((release) => (
            <li key={release.releaseId} className="grid grid-cols-[minmax(0,1fr)_auto_4.5rem] items-center gap-x-3 px-4 py-3">
              <div className="min-w-0">
                <AppLink href={`/releases/${release.releaseId}`} className="title-link">{release.code}</AppLink>
                <p className="text-12 break-words text-ink-2">{release.environmentName}</p>
              </div>
              <Pill state={release.isInFlight ? 'open' : 'idle'}>{release.phase.replaceAll('-', ' ')}</Pill>
              <Time at={release.openedAt} as="day" className="text-right text-12 text-ink-3" />
            </li>
          ))}
        </Rows>
      )}
      {rest > 0 && <div className="border-t border-line px-4 py-3"><Button onClick={() => setAll(true)}>Show the other {rest}</Button></div>}
    </Surface>
  )
}
