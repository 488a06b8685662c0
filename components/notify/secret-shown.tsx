'use client'
/** Shows the signing secret of a webhook, this once. */
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextInput } from '@/components/ui/field'

interface SecretShownProps {
  name: string
  secret: string
  /** Whether there was one before, which signs beside it for a day. */
  isRenewed: boolean
  onClose: () => void
}

export function SecretShown({ name, secret, isRenewed, onClose }: SecretShownProps) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Signing secret of ${name}`}
      description={`Give it to the endpoint, which verifies with it that a message comes from here. It is shown only now.${isRenewed ? ' The secret before it signs beside it for a day.' : ''}`}
      footer={<Button look="primary" onClick={onClose}>Done</Button>}
    >
      <Field label="Signing secret" hint="Standard Webhooks: headers webhook-id, webhook-timestamp and webhook-signature.">
        {(control) => (
          <div className="flex gap-2">
            <TextInput {...control} isMono readOnly value={secret} onFocus={(event) => event.target.select()} />
            <CopyButton text={secret} label="Copy secret" />
          </div>
        )}
      </Field>
    </Dialog>
  )
}
