'use client'
/** What concerns the public page as a whole: its title, its zone, search engines, and how strangers may ask to be told. */
import { Checkbox, Field, TextInput } from '@/components/ui/field'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import type { StatusPageSettings, SubscriptionChannel } from '@/lib/domain/installation/status-page'
import type { StatusEditorView } from '@/lib/domain/status/editor-view'

const CHANNELS: readonly { readonly channel: SubscriptionChannel; readonly label: string; readonly missing: string }[] = [
  { channel: 'email', label: 'By e-mail', missing: 'Needs a mail server: SMTP_URL and MAIL_FROM.' },
  { channel: 'slack', label: 'By a Slack webhook', missing: '' },
  { channel: 'webhook', label: 'By webhook', missing: 'Needs hosts that may be called: WEBHOOK_HOSTS.' },
]

interface StatusSettingsProps extends Pick<StatusEditorView, 'channels' | 'subscribers'> {
  settings: StatusPageSettings
  onChange: (settings: StatusPageSettings) => void
}

export function StatusSettings({ settings, channels, subscribers, onChange }: StatusSettingsProps) {
  const chosen = settings.subscriptions ?? []
  const tick = (channel: SubscriptionChannel, isOn: boolean) => onChange({ ...settings, subscriptions: CHANNELS.map((one) => one.channel).filter((one) => (one === channel ? isOn : chosen.includes(one))) })
  return (
    <Surface>
      <SurfaceHead title="The page" />
      <div className="flex flex-col gap-3 p-4">
        <Field label="Title">{(control) => <TextInput {...control} maxLength={60} value={settings.title} onChange={(event) => onChange({ ...settings, title: event.target.value })} />}</Field>
        <Field label="Time zone" hint="Times on the page are in this zone, such as Europe/Berlin, until a reader chooses another.">{(control) => <TextInput {...control} maxLength={64} value={settings.zone} onChange={(event) => onChange({ ...settings, zone: event.target.value })} />}</Field>
        <Checkbox label="Search engines may list it" checked={settings.isIndexed} onChange={(event) => onChange({ ...settings, isIndexed: event.target.checked })} />
        <fieldset>
          <legend className="mb-1 font-medium">Readers may subscribe to incidents</legend>
          <div className="flex flex-col gap-2">
            {CHANNELS.map(({ channel, label, missing }) => {
              const isOffered = channels.includes(channel)
              const many = subscribers[channel]
              return <Checkbox key={channel} label={label} hint={isOffered ? (many === 0 ? 'Nobody does yet. Every address has to confirm it.' : `${many} ${many === 1 ? 'does' : 'do'}.`) : missing} disabled={!isOffered && !chosen.includes(channel)} checked={chosen.includes(channel)} onChange={(event) => tick(channel, event.target.checked)} />
            })}
          </div>
        </fieldset>
      </div>
    </Surface>
  )
}
