'use client'
/** The environments that models run in: kind, orchestrator, metrics source, what is live there, and freezes. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { EnvironmentForm } from '@/components/environment/environment-form'
import { FreezeForm } from '@/components/environment/freeze-form'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { Pill } from '@/components/ui/pill'
import { Problem } from '@/components/ui/problem'
import { EmptyState } from '@/components/ui/small'
import { Facts, PageHead, Surface, SurfaceHead } from '@/components/ui/surface'
import { Time } from '@/components/ui/time'
import { useCommand } from '@/lib/client/commands'
import { environmentsQuery } from '@/lib/client/scene'
import { ENVIRONMENT_KIND_NAMES, ORCHESTRATOR_NAMES } from '@/lib/domain/environment/state'
import type { EnvironmentsView, EnvironmentView } from '@/lib/domain/environment/view'
import { formatPlural } from '@/lib/domain/format'

export function EnvironmentsScreen({ initial }: { initial: EnvironmentsView }) {
  const { data } = useQuery({ ...environmentsQuery(), initialData: initial })
  const [form, setForm] = useState<EnvironmentView | 'new' | null>(null)
  const add = <Button look="primary" refusal={data.allowed.add} onClick={() => setForm('new')}>Add an environment</Button>
  const active = data.environments.filter((one) => !one.isArchived).length
  return (
    <>
      <PageHead title="Environments" lead={active === 0 ? 'Where models run: on-premises, cloud, hybrid or edge.' : `${formatPlural(active, 'environment')}.`}>{data.environments.length > 0 && add}</PageHead>
      {data.environments.length === 0 ? (
        <Surface><EmptyState title="No environment yet" action={add}>Add the one that your users reach and, if there is one, the staging environment beside it. A release compares at least two before it chooses.</EmptyState></Surface>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-2">{data.environments.map((one) => <EnvironmentCard key={one.id} environment={one} onEdit={() => setForm(one)} />)}</div>
      )}
      {form !== null && <EnvironmentForm view={data} environment={form === 'new' ? null : form} onClose={() => setForm(null)} />}
    </>
  )
}

function EnvironmentCard({ environment, onEdit }: { environment: EnvironmentView; onEdit: () => void }) {
  const [isFreezing, setFreezing] = useState(false)
  const { run, pending, refusal } = useCommand('environment', environment.id)
  const frozen = environment.freezes.some((freeze) => freeze.standing === 'active')
  return (
    <Surface aria-label={environment.name}>
      <SurfaceHead title={environment.name} note={environment.slug === environment.name ? undefined : <span className="mono text-12">{environment.slug}</span>}>
        {frozen && <Pill state="held" hasMark>frozen</Pill>}
        {environment.isArchived && <Pill state="idle">archived</Pill>}
        <Button size="s" refusal={environment.allowed.edit} onClick={onEdit}>Change</Button>
        {environment.isArchived
          ? <Button size="s" refusal={environment.allowed.restore} isBusy={pending} onClick={() => void run({ type: 'restore-environment' })}>Restore</Button>
          : <Button size="s" look="quiet" refusal={environment.allowed.archive} isBusy={pending} onClick={() => void run({ type: 'archive-environment' })}>Archive</Button>}
      </SurfaceHead>
      <div className="flex flex-col gap-3 px-4 py-3">
        <Problem refusal={refusal} />
        <Facts items={[
          { term: 'Kind', value: `${ENVIRONMENT_KIND_NAMES[environment.kind]}, ${ORCHESTRATOR_NAMES[environment.orchestrator]}` },
          { term: 'Metrics', value: environment.sourceName ?? <span className="text-waiting">No source: metric items cannot be measured here.</span> },
          { term: 'Zone', value: environment.zone },
          { term: 'Live', value: environment.live.length === 0 ? <span className="text-ink-3">nothing recorded</span> : <LiveList environment={environment} /> },
          { term: 'Open releases', value: environment.openReleases.length === 0 ? <span className="text-ink-3">none</span> : environment.openReleases.map((one) => <AppLink key={one.releaseId} href={`/releases/${one.releaseId}`} className="text-link mr-2">{one.code}</AppLink>) },
        ]} />
        <div className="flex flex-wrap items-center gap-2">
          <h3>Freezes</h3>
          <span className="ml-auto"><Button size="s" refusal={environment.allowed.addFreeze} onClick={() => setFreezing(true)}>Declare a freeze</Button></span>
        </div>
        {environment.freezes.length === 0
          ? <p className="text-12 text-ink-3">None. A freeze refuses the start and the next step of a rollout, never a sign-off or a roll-back.</p>
          : (
            <ul role="list" className="flex flex-col gap-2 text-12">
              {environment.freezes.slice(0, 6).map((freeze) => (
                <li key={freeze.id} className="flex flex-wrap items-center gap-2">
                  <Pill state={freeze.standing === 'active' ? 'held' : freeze.standing === 'coming' ? 'waiting' : 'idle'} hasMark={freeze.standing === 'active'}>{freeze.standing}</Pill>
                  <span className="min-w-0 break-words"><Time at={freeze.from} as="moment" releaseZone={freeze.zone} /> to <Time at={freeze.to} as="moment" releaseZone={freeze.zone} />: {freeze.reason} <span className="text-ink-3">({freeze.byName})</span></span>
                  {(freeze.standing === 'active' || freeze.standing === 'coming') && <span className="ml-auto"><Button size="s" look="quiet" refusal={environment.allowed.endFreeze} isBusy={pending} onClick={() => void run({ type: 'end-freeze', freezeId: freeze.id })}>End</Button></span>}
                </li>
              ))}
            </ul>
          )}
      </div>
      {isFreezing && <FreezeForm environment={environment} onClose={() => setFreezing(false)} />}
    </Surface>
  )
}

function LiveList({ environment }: { environment: EnvironmentView }) {
  return environment.live.map((one) => <AppLink key={one.modelSlug} href={`/models/${one.modelSlug}`} className="text-link mr-2">{one.modelName} {one.label}{one.isAtRisk && <span className="text-risk"> at risk</span>}</AppLink>)
}
