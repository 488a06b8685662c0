/** Which ways of subscribing can be offered here: e-mail needs a mail server, and a webhook a host that the operator allows. */
import 'server-only'
import { SUBSCRIPTION_CHANNELS, type SubscriptionChannel } from '@/lib/domain/installation/status-page'
import { config } from '@/lib/public/config'
import { isMailOn } from '@/lib/server/notify/mail'

/** What an admin may allow. */
export function offeredChannels(): readonly SubscriptionChannel[] {
  const { webhookHosts } = config()
  return SUBSCRIPTION_CHANNELS.filter((one) => one === 'slack' || (one === 'email' ? isMailOn() : webhookHosts.length > 0))
}
