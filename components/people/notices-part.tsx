'use client'
/** What reaches this person, by which way, when their digest comes, and of which releases they want to hear nothing. */
import { useState } from 'react'
import { useAct } from '@/components/people/act'
import { Button } from '@/components/ui/button'
import { Checkbox, Field, TextInput } from '@/components/ui/field'
import { Problem } from '@/components/ui/problem'
import { Surface, SurfaceHead } from '@/components/ui/surface'
import { REASON_TEXT, REASONS, type Reason, type Ways } from '@/lib/domain/notice/preferences'
import type { AccountView } from '@/lib/domain/person/view'

export function NoticesPart({ account }: { account: AccountView }) {
  const [wish, setWish] = useState(account.notices)
  const [muted, setMuted] = useState(account.notices.muted.join(', '))
  const { run, isBusy, failure } = useAct()
  const zone = account.preferences.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const set = (reason: Reason, ways: Partial<Ways>) => setWish({ ...wish, ways: { ...wish.ways, [reason]: { ...wish.ways[reason], ...ways } } })
  const save = () => void run(`/people/${account.id}/commands`, { type: 'set-notices', ways: wish.ways, digest: wish.digest, muted: codesOf(muted) })
  return (
    <Surface aria-label="What reaches me">
      <SurfaceHead title="What reaches me" />
      <form
        id="notices"
        className="flex flex-col gap-3 p-4"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        {failure !== null && <Problem refusal={{ message: failure.message }} />}
        {account.mailRefusal !== null && <p className="text-12 text-ink-2">{account.mailRefusal} What you choose here holds from then on.</p>}
        {REASONS.map((reason) => (
          <fieldset key={reason} className="flex flex-wrap gap-x-4 gap-y-1">
            <legend className="mb-1 font-medium">{REASON_TEXT[reason]}</legend>
            <Checkbox label="by e-mail" checked={wish.ways[reason].mail} onChange={({ target }) => set(reason, { mail: target.checked })} />
            <Checkbox label="by name in the channel" checked={wish.ways[reason].channel} onChange={({ target }) => set(reason, { channel: target.checked })} />
          </fieldset>
        ))}
        <Checkbox label="A daily digest by e-mail" hint="What to do next, grouped, and what changed. Days on which there is nothing to say bring none." checked={wish.digest !== null} onChange={({ target }) => setWish({ ...wish, digest: target.checked ? { at: '08:30', zone } : null })} />
        {wish.digest !== null && (
          <Field label="At" hint={`In ${wish.digest.zone}.`}>
            {(control) => <TextInput {...control} type="time" required className="max-w-32" value={wish.digest?.at ?? ''} onChange={({ target }) => setWish({ ...wish, digest: { at: target.value, zone: wish.digest?.zone ?? zone } })} />}
          </Field>
        )}
        <Field label="Muted releases" isOptional hint="Codes such as FRAUD-12, with commas between. Their channel still hears of them; you do not." error={failure?.fields['muted']}>
          {(control) => <TextInput {...control} isMono maxLength={2000} value={muted} onChange={({ target }) => setMuted(target.value)} />}
        </Field>
        <Button type="submit" className="self-start" isBusy={isBusy}>Save what reaches me</Button>
      </form>
    </Surface>
  )
}

function codesOf(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).map((code) => code.toUpperCase()).filter((code) => code !== ''))]
}
