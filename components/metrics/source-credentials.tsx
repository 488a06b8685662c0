/** The credentials of a source as fields: user and password or token, headers, certificates; each only as it is given anew. */
import { Button } from '@/components/ui/button'
import { Field, TextArea, TextInput } from '@/components/ui/field'
import type { SourceDraft } from './source-draft'

export function SourceCredentials({ draft, change }: { draft: SourceDraft; change: (part: Partial<SourceDraft>) => void }) {
  const headers = (next: SourceDraft['headers']) => change({ headers: next })
  return (
    <>
      {draft.auth === 'basic' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="User">{(control) => <TextInput {...control} required value={draft.user} onChange={(event) => change({ user: event.target.value })} />}</Field>
          <Field label="Password">{(control) => <TextInput {...control} type="password" autoComplete="new-password" required value={draft.password} onChange={(event) => change({ password: event.target.value })} />}</Field>
        </div>
      )}
      {draft.auth === 'bearer' && <Field label="Token">{(control) => <TextInput {...control} type="password" autoComplete="new-password" required value={draft.token} onChange={(event) => change({ token: event.target.value })} />}</Field>}
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium">Headers <span className="font-normal text-ink-3">optional, such as X-Scope-OrgID for a tenant</span></legend>
        {draft.headers.map((one) => (
          <div key={one.key} className="flex gap-2">
            <TextInput aria-label="Header name" isMono value={one.name} onChange={(event) => headers(draft.headers.map((other) => (other.key === one.key ? { ...other, name: event.target.value } : other)))} />
            <TextInput aria-label={`Value of ${one.name || 'the header'}`} isMono type="password" autoComplete="off" value={one.value} onChange={(event) => headers(draft.headers.map((other) => (other.key === one.key ? { ...other, value: event.target.value } : other)))} />
            <Button look="quiet" aria-label={`Remove ${one.name || 'the header'}`} onClick={() => headers(draft.headers.filter((other) => other.key !== one.key))}>Remove</Button>
          </div>
        ))}
        <div><Button size="s" onClick={() => headers([...draft.headers, { key: Math.max(-1, ...draft.headers.map((other) => other.key)) + 1, name: '', value: '' }])}>Add a header</Button></div>
      </fieldset>
      <details className="border-t border-line pt-3" open={draft.ca !== '' || draft.certificate !== '' || undefined}>
        <summary className="w-fit cursor-pointer font-medium">Certificates <span className="font-normal text-ink-3">optional, for a source behind an authority of your own</span></summary>
        <div className="mt-3 flex flex-col gap-4">
          <Field label="CA bundle" hint="PEM. The source is then trusted through these only.">{(control) => <TextArea {...control} className="mono" spellCheck={false} placeholder="-----BEGIN CERTIFICATE-----" value={draft.ca} onChange={(event) => change({ ca: event.target.value })} />}</Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Client certificate" hint="PEM, with its chain.">{(control) => <TextArea {...control} className="mono" spellCheck={false} value={draft.certificate} onChange={(event) => change({ certificate: event.target.value })} />}</Field>
            <Field label="Its private key" hint="PEM, without a pass phrase. Encrypted at once, never shown again.">{(control) => <TextArea {...control} className="mono" spellCheck={false} autoComplete="off" value={draft.certificateKey} onChange={(event) => change({ certificateKey: event.target.value })} />}</Field>
          </div>
        </div>
      </details>
    </>
  )
}
