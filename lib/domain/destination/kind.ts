/** The kinds of places that notifications go to: what each is called, how people make its address, and which words name the other side. */

export const DESTINATION_KINDS = ['slack', 'mattermost', 'teams', 'webhook', 'email'] as const
export type DestinationKind = (typeof DESTINATION_KINDS)[number]

export interface DestinationKindText {
  readonly label: string
  /** The other side, as the subject of a sentence. */
  readonly service: string
  /** Where people find or make the address. */
  readonly help: string
  readonly placeholder: string
}

export const DESTINATION_KIND_TEXT: Readonly<Record<DestinationKind, DestinationKindText>> = {
  slack: {
    label: 'Slack', service: 'Slack', placeholder: 'https://hooks.slack.com/services/…',
    help: 'Slack gives one incoming webhook per channel: open your app in Slack, “Incoming Webhooks”, “Add New Webhook to Workspace”.',
  },
  mattermost: {
    label: 'Mattermost', service: 'Mattermost', placeholder: 'https://chat.example.com/hooks/…',
    help: 'In Mattermost: “Integrations”, “Incoming Webhooks”, “Add”. A server in your own network must be named in WEBHOOK_HOSTS.',
  },
  teams: {
    label: 'Microsoft Teams', service: 'Teams', placeholder: 'https://….api.powerplatform.com/…',
    help: 'In Teams: the channel’s “Workflows”, “Send webhook alerts to a channel”. Teams says only that it accepted a message, not that it was posted.',
  },
  webhook: {
    label: 'Webhook', service: 'The endpoint', placeholder: 'https://example.com/gatehouse',
    help: 'Any endpoint of yours. Messages are CloudEvents, signed as Standard Webhooks says; the signing secret is shown once after saving.',
  },
  email: {
    label: 'E-mail', service: 'The mail server', placeholder: 'ops-releases@example.com',
    help: 'One address, best a mailing list of the team. Mail leaves by the server that SMTP_URL names.',
  },
}
