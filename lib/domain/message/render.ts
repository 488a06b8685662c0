/** Renders the one message for the kind of place that it goes to. */
import type { DestinationKind } from '@/lib/domain/destination/kind'
import { renderMail } from './mail'
import { renderMattermost } from './mattermost'
import type { Delivery, Message } from './message'
import { renderSlack } from './slack'
import { renderTeams } from './teams'
import { renderWebhook } from './webhook'

const RENDERERS: Readonly<Record<DestinationKind, (message: Message, delivery: Delivery) => object>> = {
  slack: renderSlack, mattermost: renderMattermost, teams: renderTeams, webhook: renderWebhook, email: renderMail,
}

/** In: the kind, the message, what the attempt adds. Out: the JSON body, within the limits of the kind whatever the words are. */
export function render(kind: DestinationKind, message: Message, delivery: Delivery): object {
  return RENDERERS[kind](message, delivery)
}
