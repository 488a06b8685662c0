/** Shows a secret that was just made, this once, ready to copy. */
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextInput } from '@/components/ui/field'

interface SecretDialogProps {
  title: string
  /** Where it belongs, and that it is shown only now. */
  description: string
  label: string
  hint?: ReactNode
  secret: string
  /** What the button beside it says. */
  copyLabel?: string
  onClose: () => void
}

export function SecretDialog({ title, description, label, hint, secret, copyLabel = 'Copy secret', onClose }: SecretDialogProps) {
  return (
    <Dialog open onClose={onClose} title={title} description={description} footer={<Button look="primary" onClick={onClose}>Done</Button>}>
      <Field label={label} hint={hint}>
        {(control) => (
          <div className="flex gap-2">
            <TextInput {...control} isMono readOnly value={secret} onFocus={(event) => event.target.select()} />
            <CopyButton text={secret} label={copyLabel} />
          </div>
        )}
      </Field>
    </Dialog>
  )
}
