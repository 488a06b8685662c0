'use client'
/** The editor of the public status page: its settings, each model field by field, and beside it exactly what the public gets. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { PublicAddresses } from '@/components/notify/public-addresses'
import { PublicationFields } from '@/components/notify/publication-fields'
import { useCall } from '@/components/notify/use-call'
import { StatusPage } from '@/components/status/status-page'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { Checkbox, Field, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { EmptyState, Skeleton } from '@/components/ui/small'
import { PageHead, Surface, SurfaceHead } from '@/components/ui/surface'
import { post, send } from '@/lib/client/api'
import { statusEditorQuery } from '@/lib/client/notify'
import type { StatusPageSettings } from '@/lib/domain/installation/status-page'
import type { Publication } from '@/lib/domain/model/publication'
import type { StatusEditorView, StatusPreview } from '@/lib/domain/status/editor-view'

type Drafts = Readonly<Record<string, Publication | null>>

export function StatusEditor({ initial }: { initial: StatusEditorView }) {
  const { data } = useQuery({ ...statusEditorQuery(), initialData: initial })
  const [settings, setSettings] = useState<StatusPageSettings | null>(null)
  const [drafts, setDrafts] = useState<Drafts>({})
  const { run, isBusy, refusal } = useCall('installation', 'model')
  const shown = settings ?? data.settings
  const published = data.models.filter((model) => publicationOf(model, drafts) !== null).length
  const changed = data.models.filter((model) => model.id in drafts && JSON.stringify(drafts[model.id]) !== JSON.stringify(model.publication))
  const isChanged = changed.length > 0 || JSON.stringify(shown) !== JSON.stringify(data.settings)

  const save = async () => {
    const isDone = await run(async () => {
      const configure = { type: 'configure-status', ...shown }
      if (JSON.stringify(shown) !== JSON.stringify(data.settings)) await send('installation', 'installation', configure, crypto.randomUUID())
      for (const model of changed) {
        const publish = { type: 'publish-model', publication: drafts[model.id] ?? null }
        await send('models', model.id, publish, crypto.randomUUID())
      }
    })
    if (isDone) { setSettings(null); setDrafts({}) }
  }

  return (
    <>
      <PageHead title="Status page" lead={published === 0 ? 'Nothing is public. A model appears on the page when you choose its fields here.' : `${published === 1 ? '1 model is' : `${published} models are`} on the public page.`}>
        <AppLink href="/status" className="text-link" prefetch={false}>Open the page</AppLink>
        <Button look="primary" isBusy={isBusy} refusal={data.refusal ?? (isChanged ? null : 'Nothing has changed.')} onClick={() => void save()}>Publish</Button>
      </PageHead>
      {refusal !== null && <div className="mb-4"><Problem refusal={refusal} /></div>}
      <div className="grid gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <Surface>
            <SurfaceHead title="The page" />
            <div className="flex flex-col gap-3 p-4">
              <Field label="Title">{(control) => <TextInput {...control} maxLength={60} value={shown.title} onChange={(event) => setSettings({ ...shown, title: event.target.value })} />}</Field>
              <Field label="Time zone" hint="All times on the page are in this zone, such as Europe/Berlin.">{(control) => <TextInput {...control} maxLength={64} value={shown.zone} onChange={(event) => setSettings({ ...shown, zone: event.target.value })} />}</Field>
              <Checkbox label="Search engines may list it" checked={shown.isIndexed} onChange={(event) => setSettings({ ...shown, isIndexed: event.target.checked })} />
            </div>
          </Surface>
          {data.models.length === 0 && <Surface><EmptyState title="No model yet">Register a model first; then choose here what the public may see of it.</EmptyState></Surface>}
          {data.models.map((model) => (
            <PublicationFields
              key={model.id}
              model={model}
              environments={data.environments}
              publication={publicationOf(model, drafts)}
              onChange={(publication) => setDrafts({ ...drafts, [model.id]: publication })}
            />
          ))}
          <PublicAddresses origin={data.origin} components={data.components} />
        </div>
        <Preview settings={shown} drafts={drafts} refusal={data.refusal} />
      </div>
    </>
  )
}

function publicationOf(model: StatusEditorView['models'][number], drafts: Drafts): Publication | null {
  return model.id in drafts ? (drafts[model.id] ?? null) : model.publication
}

/** Made by the server with the code that makes the page, and drawn by the component that the page is. */
function Preview({ settings, drafts, refusal }: { settings: StatusPageSettings; drafts: Drafts; refusal: string | null }) {
  const publications = Object.entries(drafts).map(([modelId, publication]) => ({ modelId, publication }))
  const { data, error } = useQuery({
    queryKey: ['installation', 'installation', 'status', 'preview', settings, publications],
    queryFn: () => post<StatusPreview>('/status-page/preview', { settings, publications }),
    placeholderData: keepPreviousData,
    enabled: refusal === null,
    retry: false,
  })
  return (
    <section aria-label="What the public gets" className="min-w-0 self-start rounded-surface border border-line bg-paper lg:sticky lg:top-4">
      <SurfaceHead title="What the public gets" />
      {refusal !== null && <p className="p-4 text-ink-2">{refusal} You see the page as it is under <AppLink href="/status" className="text-link" prefetch={false}>/status</AppLink>.</p>}
      {error && <div className="p-4"><Problem refusal={{ message: error.message }} /></div>}
      {refusal === null && !data && !error && <div className="flex flex-col gap-2 p-4"><Skeleton /><Skeleton /><Skeleton /></div>}
      {data && <div className="sp-page sp-preview"><StatusPage status={data.status} asOf={data.asOf} now={data.asOf} headingLevel={3} /></div>}
    </section>
  )
}
