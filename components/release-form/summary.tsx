'use client'
/** What the release will be, in one small surface beside the form. */
import { placeOf, type Draft } from '@/components/release-form/draft'
import { Facts, Surface, SurfaceHead } from '@/components/ui/surface'
import { formatDuration, formatPlural } from '@/lib/domain/format'
import type { OpeningView } from '@/lib/domain/opening/view'

export function Summary({ view, draft, isNew }: { view: OpeningView; draft: Draft; isNew: boolean }) {
  const model = view.models.find((one) => one.id === draft.modelId)
  const version = isNew ? draft.newLabel : model?.versions.find((one) => one.id === draft.versionId)?.label
  const environment = view.environments.find((one) => one.id === draft.environmentId)
  const template = view.templates.find((one) => one.id === draft.templateId)
  const soak = draft.steps.reduce((sum, step) => sum + (Number(step.soakMinutes) || 0), 0)
  const unset = <span className="text-ink-3">not chosen</span>
  return (
    <Surface aria-label="Summary" className="lg:sticky lg:top-4">
      <SurfaceHead title="It will be" />
      <Facts className="p-4" items={[
        { term: 'Code', value: model ? <span className="mono">{model.codePrefix}-…</span> : unset },
        { term: 'Candidate', value: version === undefined || version === '' ? unset : `${model?.name ?? ''} ${version}` },
        { term: 'Into', value: environment?.name ?? unset },
        { term: 'Baseline', value: placeOf(view, draft)?.lastStable?.label ?? 'none' },
        { term: 'Checklist', value: template ? `${template.name}, ${formatPlural(template.gateCount, 'gate')}` : unset },
        { term: 'Risk', value: `${draft.risk}, ${view.separation[draft.risk]}` },
        { term: 'Rollout', value: `${formatPlural(draft.steps.length, 'step')}, ${formatDuration(soak * 60_000)} of soak` },
      ]} />
    </Surface>
  )
}
