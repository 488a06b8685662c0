/** Shows the signing secret of a webhook, this once. */
import { SecretDialog } from '@/components/ui/secret-dialog'

interface SecretShownProps {
  name: string
  secret: string
  /** Whether there was one before, which signs beside it for a day. */
  isRenewed: boolean
  onClose: () => void
}

export function SecretShown({ name, secret, isRenewed, onClose }: SecretShownProps) {
  return (
    <SecretDialog
      title={`Signing secret of ${name}`}
      description={`Give it to the endpoint, which verifies with it that a message comes from here. It is shown only now.${isRenewed ? ' The secret before it signs beside it for a day.' : ''}`}
      label="Signing secret"
      hint="Standard Webhooks: headers webhook-id, webhook-timestamp and webhook-signature."
      secret={secret}
      onClose={onClose}
    />
  )
}
