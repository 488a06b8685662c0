'use client'
/** The list of models, what is live of each, and the way to register one. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { TeamMark } from '@/components/gate/team-mark'
import { RegisterModel } from '@/components/model/register-model'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { Pill } from '@/components/ui/pill'
import { EmptyState } from '@/components/ui/small'
import { PageHead, Rows, Surface } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { modelsQuery } from '@/lib/client/scene'
import { formatPlural } from '@/lib/domain/format'
import type { ModelListItem, ModelsView } from '@/lib/domain/model/view'

export function ModelsScreen({ initial }: { initial: ModelsView }) {
  const { data } = useQuery({ ...modelsQuery(), initialData: initial })
  const [isRegistering, setRegistering] = useState(false)
  const active = data.models.filter((model) => !model.isArchived)
  const register = <Button look="primary" refusal={data.allowed.register} onClick={() => setRegistering(true)}>Register a model</Button>
  return (
    <>
      <PageHead title="Models" lead={active.length === 0 ? 'What the teams release, version by version.' : <>{formatPlural(active.length, 'model')}, <b>{formatPlural(active.reduce((sum, model) => sum + model.live.length, 0), 'live version')}</b>.</>}>
        {data.models.length > 0 && register}
      </PageHead>
      <Surface>
        {data.models.length === 0 ? (
          <EmptyState title="No model yet" action={register}>A model has a name, an owner team and the code that its releases carry, such as FRAUD-12. Register one, add the version that is live today, and adopt it as last stable.</EmptyState>
        ) : (
          <Rows>{data.models.map((model) => <ModelRow key={model.id} model={model} view={data} />)}</Rows>
        )}
      </Surface>
      <RegisterModel isOpen={isRegistering} onClose={() => setRegistering(false)} view={data} />
    </>
  )
}

function ModelRow({ model, view }: { model: ModelListItem; view: ModelsView }) {
  const team = view.teams.find((one) => one.id === model.ownerTeam)
  return (
    <li className="grid grid-cols-1 items-center gap-x-6 gap-y-2 px-4 py-3 lg:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_minmax(0,9rem)_minmax(0,9rem)_7rem]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1"><AppLink href={`/models/${model.slug}`} className="title-link break-words">{model.name}</AppLink><span className="mono text-12 text-ink-3">{model.codePrefix}</span>{model.isArchived && <Pill state="idle">archived</Pill>}</p>
        {model.purpose !== '' && <p className="line-clamp-1 text-12 text-ink-2">{model.purpose}</p>}
      </div>
      <div className="flex min-w-0 flex-wrap gap-2">
        {model.live.length === 0 && <span className="text-12 text-ink-3">nothing live</span>}
        {model.live.map((live) => <Pill key={live.environmentName} state={live.isAtRisk ? 'risk' : 'passed'} hasMark className="max-w-full">{live.label} in {live.environmentName}</Pill>)}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-12 text-ink-2 lg:contents">
        <p className="flex flex-wrap gap-x-2 max-lg:empty:hidden">{model.openReleases.map((release) => <AppLink key={release.releaseId} href={`/releases/${release.releaseId}`} className="text-link">{release.code}</AppLink>)}</p>
        <p>{model.newestVersion === null ? 'no version' : <>newest {model.newestVersion.label}<span className="lg:block"><span className="lg:hidden">, </span><Time at={model.newestVersion.registeredAt} /></span></>}</p>
        {team && <TeamMark shape={team.shape} name={team.name} />}
      </div>
    </li>
  )
}
