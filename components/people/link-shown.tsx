/** A one-time link as it is shown once to whoever made it. */
import { CopyButton } from '@/components/ui/copy-button'
import { Field, TextInput } from '@/components/ui/field'
import { Time } from '@/components/ui/time'

export interface ShownLink {
  readonly url: string
  readonly purpose: string
  readonly expiresAt: string
}

export function LinkShown({ link, name }: { link: ShownLink; name: string }) {
  return (
    <div className="flex flex-col gap-2">
      <p>
        Give this link to {name}, by a way that only they read. It works once, until <Time at={link.expiresAt} as="moment" />, and is not shown again.
      </p>
      <Field label={link.purpose === 'invite' ? 'Invitation' : 'Link for a new password'}>
        {(control) => (
          <div className="flex gap-2">
            <TextInput {...control} isMono readOnly value={link.url} onFocus={(event) => event.target.select()} />
            <CopyButton text={link.url} label="Copy link" />
          </div>
        )}
      </Field>
    </div>
  )
}
