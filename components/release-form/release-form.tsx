'use client'
/** The one page on which a release is opened: what, where, at which risk, on which resources, in which steps, and the way back. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { v7 as uuid } from 'uuid'
import { EMPTY_VERSION, versionCommand, versionFaults, type VersionDraft } from '@/components/model/version-draft'
import { commandOf, faultsOf, firstDraft, placeOf, settled, type Draft } from '@/components/release-form/draft'
import { ClaimSection, ServingSection } from '@/components/release-form/resources'
import { FeedbackSection, MetricsSection, PeopleSection } from '@/components/release-form/people-and-metrics'
import { RollbackSection, StepsSection } from '@/components/release-form/rollout'
import { Summary } from '@/components/release-form/summary'
import { SubjectSection } from '@/components/release-form/subject'
import { TargetsSection } from '@/components/release-form/targets'
import { PlaceSection } from '@/components/release-form/place'
import type { SectionProps } from '@/components/release-form/section-props'
import { useGo } from '@/components/model/use-go'
import { Button, ButtonLink } from '@/components/ui/button'
import { Problem } from '@/components/ui/problem'
import { EmptyState } from '@/components/ui/small'
import { PageHead, Surface } from '@/components/ui/surface'
import { useCommand } from '@/lib/client/commands'
import { openingQuery } from '@/lib/client/scene'
import type { OpeningView } from '@/lib/domain/opening/view'

export function ReleaseForm({ initial, modelSlug }: { initial: OpeningView; modelSlug: string | null }) {
  const { data: view } = useQuery({ ...openingQuery(), initialData: initial })
  const missing = view.models.length === 0 ? 'model' : view.environments.length === 0 ? 'environment' : view.templates.length === 0 ? 'template' : null
  if (missing === null) return <WholeForm view={view} modelSlug={modelSlug} />
  return (
    <>
      <PageHead title="Open a release" />
      <Surface>
        <EmptyState title={`There is no ${missing} yet`} action={<ButtonLink look="primary" href={missing === 'model' ? '/models' : missing === 'environment' ? '/environments' : '/settings/templates'}>{missing === 'model' ? 'Register a model' : missing === 'environment' ? 'Add an environment' : 'Look at the templates'}</ButtonLink>}>
          A release takes a version of a model into an environment through the gates of a template; each of them must exist first.
        </EmptyState>
      </Surface>
    </>
  )
}

function WholeForm({ view, modelSlug }: { view: OpeningView; modelSlug: string | null }) {
  const go = useGo()
  const [id] = useState(() => uuid())
  const [draft, setDraft] = useState(() => firstDraft(view, modelSlug))
  const [pasted, setPasted] = useState<{ readonly id: string; readonly version: VersionDraft } | null>(null)
  const [isTried, setTried] = useState(false)
  const model = useCommand('model', draft.modelId)
  const release = useCommand('release', id)

  const resettles: readonly (keyof Draft)[] = ['modelId', 'versionId', 'newLabel', 'environmentId', 'stackId']
  const set = (patch: Partial<Draft>) => setDraft((old) => {
    const next = { ...old, ...patch }
    return resettles.some((field) => field in patch) ? settled(view, next, old) : next
  })
  const isNew = pasted !== null && !view.models.some((one) => one.versions.some((version) => version.id === pasted.id))
  const effective = pasted === null ? draft : { ...draft, versionId: pasted.id }
  const faults = faultsOf(view, effective)
  const newFaults = isNew ? versionFaults(pasted.version) : {}
  const count = Object.keys(faults).length + Object.keys(newFaults).length
  const isBusy = model.pending || release.pending

  const send = async () => {
    setTried(true)
    if (count > 0 || isBusy) return
    // two steps: the version stays registered when opening is refused, and is then simply the chosen one
    if (isNew && !(await model.run(versionCommand(pasted.version, pasted.id))).ok) return
    if ((await release.run(commandOf(view, effective))).ok) go(`/releases/${id}`)
  }
  const props: SectionProps = { view, draft: effective, set, faults: isTried ? faults : {} }
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); void send() }}>
      <PageHead title="Open a release" lead="One candidate version, one environment. Baseline and last stable are filled in from what is live." />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,20rem)]">
        <div className="flex min-w-0 flex-col gap-4">
          <SubjectSection {...props} pasted={pasted?.version ?? null} pastedFaults={isTried ? newFaults : {}}
            onPaste={(version) => { setPasted(version === null ? null : { id: pasted?.id ?? uuid(), version }); set({ newLabel: version?.label.trim() ?? '' }) }} newDraft={EMPTY_VERSION} />
          <PlaceSection {...props} place={placeOf(view, draft)} />
          <TargetsSection {...props} />
          <ClaimSection {...props} />
          <ServingSection {...props} />
          <StepsSection {...props} />
          <RollbackSection {...props} place={placeOf(view, draft)} />
          <FeedbackSection {...props} />
          <MetricsSection {...props} />
          <PeopleSection {...props} />
          <Problem refusal={model.refusal ?? release.refusal} />
          {isTried && count > 0 && <p role="alert" className="text-failed">{count === 1 ? 'One field needs' : `${count} fields need`} another look: {[...Object.values(faults), ...Object.values(newFaults)][0]}</p>}
          <div className="flex justify-end gap-2">
            <Button look="primary" type="submit" isBusy={isBusy} busyLabel="Opening…" refusal={view.allowed.open}>Open the release</Button>
          </div>
        </div>
        <Summary view={view} draft={effective} isNew={pasted !== null} />
      </div>
    </form>
  )
}
