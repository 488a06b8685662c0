'use client'
/** The editor of the status page: its settings, each model field by field for either audience, and beside it exactly what that audience gets. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { InternalLink } from '@/components/notify/internal-link'
import { PublicAddresses } from '@/components/notify/public-addresses'
import { PublicationFields } from '@/components/notify/publication-fields'
import { StatusSettings } from '@/components/notify/status-settings'
import { useCall } from '@/components/notify/use-call'
import { StatusPage } from '@/components/status/status-page'
import { AppLink } from '@/components/ui/app-link'
import { Button, ButtonLink } from '@/components/ui/button'
import { Problem } from '@/components/ui/problem'
import { EmptyState, Skeleton } from '@/components/ui/small'
import { PageHead, Surface, SurfaceHead } from '@/components/ui/surface'
import { post, send } from '@/lib/client/api'
import { statusEditorQuery } from '@/lib/client/notify'
import type { Audience } from '@/lib/domain/incident/state'
import type { StatusPageSettings } from '@/lib/domain/installation/status-page'
import type { InternalPublication } from '@/lib/domain/model/publication'
import type { StatusEditorView, StatusPreview } from '@/lib/domain/status/editor-view'

type Model = StatusEditorView['models'][number]
type Drafts = Readonly<Record<string, InternalPublication | null>>
type BothDrafts = Readonly<Record<Audience, Drafts>>

const NONE: BothDrafts = { public: {}, internal: {} }
const COMMAND = { public: 'publish-model', internal: 'publish-model-internally' } as const
const PREVIEW = { public: 'What the public gets', internal: 'What the internal page shows' } as const
const storedOf = (model: Model, audience: Audience): InternalPublication | null => (audience === 'public' ? model.publication : model.internal)

function publicationOf(model: Model, audience: Audience, drafts: BothDrafts): InternalPublication | null {
  const own = drafts[audience]
  return model.id in own ? (own[model.id] ?? null) : storedOf(model, audience)
}

function changesOf(models: readonly Model[], drafts: BothDrafts) {
  return (['public', 'internal'] as const).flatMap((audience) => models.filter((model) => model.id in drafts[audience] && JSON.stringify(drafts[audience][model.id]) !== JSON.stringify(storedOf(model, audience)))
    .map((model) => ({ audience, modelId: model.id, publication: drafts[audience][model.id] ?? null })))
}

export function StatusEditor({ initial }: { initial: StatusEditorView }) {
  const { data } = useQuery({ ...statusEditorQuery(), initialData: initial })
  const [settings, setSettings] = useState<StatusPageSettings | null>(null)
  const [drafts, setDrafts] = useState<BothDrafts>(NONE)
  const [audience, setAudience] = useState<Audience>('public')
  const { run, isBusy, refusal } = useCall('installation', 'model')
  const shown = settings ?? data.settings
  const published = data.models.filter((model) => publicationOf(model, 'public', drafts) !== null).length
  const changed = changesOf(data.models, drafts)
  const isConfigured = JSON.stringify(shown) !== JSON.stringify(data.settings)

  const save = async () => {
    const isDone = await run(async () => {
      const configure = { type: 'configure-status', ...shown }
      if (isConfigured) await send('installation', 'installation', configure, crypto.randomUUID())
      for (const change of changed) {
        const publish = { type: COMMAND[change.audience], publication: change.publication }
        await send('models', change.modelId, publish, crypto.randomUUID())
      }
    })
    if (isDone) { setSettings(null); setDrafts(NONE) }
  }

  return (
    <>
      <PageHead title="Status page" lead={published === 0 ? 'Nothing is public. A model appears on the page when you choose its fields here.' : `${published === 1 ? '1 model is' : `${published} models are`} on the public page.`}>
        <ButtonLink href="/settings/status/incidents">Incidents</ButtonLink>
        <ButtonLink href="/status" prefetch={false}>Open the page</ButtonLink>
        <Button look="primary" isBusy={isBusy} refusal={data.refusal ?? (changed.length > 0 || isConfigured ? null : 'Nothing has changed.')} onClick={() => void save()}>Publish</Button>
      </PageHead>
      {refusal !== null && <div className="mb-4"><Problem refusal={refusal} /></div>}
      <AudienceChoice audience={audience} onChoose={setAudience} />
      <div className="grid gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          {audience === 'public' ? <StatusSettings settings={shown} channels={data.channels} subscribers={data.subscribers} onChange={setSettings} /> : <InternalLink since={data.linkSince} refusal={data.refusal} />}
          {data.models.length === 0 && <Surface><EmptyState title="No model yet">Register a model first; then choose here what the public may see of it.</EmptyState></Surface>}
          {data.models.map((model) => (
            <PublicationFields
              key={`${audience} ${model.id}`}
              model={model}
              audience={audience}
              environments={data.environments}
              publication={publicationOf(model, audience, drafts)}
              onChange={(publication) => setDrafts({ ...drafts, [audience]: { ...drafts[audience], [model.id]: publication } })}
            />
          ))}
          {audience === 'public' && <PublicAddresses origin={data.origin} components={data.components} />}
        </div>
        <Preview audience={audience} settings={shown} drafts={drafts} refusal={data.refusal} origin={data.origin} />
      </div>
    </>
  )
}

/** Both audiences have their own choice of models and fields; what is chosen for one is nothing for the other. */
function AudienceChoice({ audience, onChoose }: { audience: Audience; onChoose: (audience: Audience) => void }) {
  return (
    <fieldset className="mb-4 flex flex-wrap gap-4">
      <legend className="sr-only">Audience</legend>
      {(['public', 'internal'] as const).map((one) => (
        <label key={one} className="flex items-center gap-2">
          <input type="radio" name="audience" className="size-4 accent-ink" checked={audience === one} onChange={() => onChoose(one)} />
          {one === 'public' ? 'Everyone' : 'Who has the secret link'}
        </label>
      ))}
    </fieldset>
  )
}

/** Made by the server with the code that makes the page, and drawn by the component that the page is. */
function Preview({ audience, settings, drafts, refusal, origin }: { audience: Audience; settings: StatusPageSettings; drafts: BothDrafts; refusal: string | null; origin: string }) {
  const list = (own: Drafts) => Object.entries(own).map(([modelId, publication]) => ({ modelId, publication }))
  const wish = { audience, settings, publications: list(drafts.public), internal: list(drafts.internal) }
  const { data, error } = useQuery({
    queryKey: ['installation', 'installation', 'status', 'preview', wish],
    queryFn: () => post<StatusPreview>('/status-page/preview', wish),
    placeholderData: keepPreviousData,
    enabled: refusal === null,
    retry: false,
  })
  const page = audience === 'public' ? { isSubscribable: (settings.subscriptions ?? []).length > 0 } : { base: '/status/internal/…', insideUrl: origin }
  return (
    <section aria-label={PREVIEW[audience]} className="min-w-0 self-start rounded-surface border border-line bg-paper lg:sticky lg:top-4">
      <SurfaceHead title={PREVIEW[audience]} />
      {refusal !== null && <p className="p-4 text-ink-2">{refusal} You see the page as it is under <AppLink href="/status" className="text-link" prefetch={false}>/status</AppLink>.</p>}
      {error && <div className="p-4"><Problem refusal={{ message: error.message }} /></div>}
      {refusal === null && !data && !error && <div className="flex flex-col gap-2 p-4"><Skeleton /><Skeleton /><Skeleton /></div>}
      {data && <div className="sp-page sp-preview"><StatusPage status={data.status} asOf={data.asOf} now={data.asOf} headingLevel={3} {...page} /></div>}
    </section>
  )
}
