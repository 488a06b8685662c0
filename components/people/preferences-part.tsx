'use client'
/** How things are shown to this person: zone, theme; and how Slack knows them. */
import { useState } from 'react'
import { useAct } from '@/components/people/act'
import { ZoneField } from '@/components/people/zone-field'
import { chooseTheme } from '@/components/shell/theme-toggle'
import { Button } from '@/components/ui/button'
import { Field, Select, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import type { AccountView } from '@/lib/domain/person/view'

export function PreferencesPart({ account }: { account: AccountView }) {
  const [wish, setWish] = useState(account.preferences)
  const { run, isBusy, failure } = useAct()
  const save = async () => {
    const answer = await run(`/people/${account.id}/commands`, { type: 'set-preferences', ...wish })
    if (answer) chooseTheme(wish.theme)
  }
  return (
    <Surface aria-label="Preferences">
      <SurfaceHead title="Preferences" />
      <form
        className="flex flex-col gap-3 p-4"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {failure !== null && <Problem refusal={{ message: failure.message }} />}
        <ZoneField label="Time zone" none="as the browser says" value={wish.timeZone} onChange={(timeZone) => setWish({ ...wish, timeZone })} />
        <Field label="Theme">
          {(control) => (
            <Select {...control} value={wish.theme} onChange={(event) => setWish({ ...wish, theme: event.target.value === 'light' || event.target.value === 'dark' ? event.target.value : 'system' })}>
              <option value="system">as the system says</option>
              <option value="light">light</option>
              <option value="dark">dark</option>
            </Select>
          )}
        </Field>
        <Field label="Member id in Slack" isOptional hint="For mentions; in Slack under Profile, Copy member ID." error={failure?.fields['slackMemberId']}>
          {(control) => <TextInput {...control} isMono maxLength={21} value={wish.slackMemberId ?? ''} onChange={(event) => setWish({ ...wish, slackMemberId: event.target.value.trim() === '' ? null : event.target.value })} />}
        </Field>
        <Button type="submit" className="self-start" isBusy={isBusy}>Save preferences</Button>
      </form>
    </Surface>
  )
}
