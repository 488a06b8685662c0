/** Turns a message into the CloudEvent that a plain webhook gets, which is at once a payload as Standard Webhooks asks for. */
import { cut } from './cut'
import type { Delivery, Message } from './message'

export interface WebhookPayload {
  readonly specversion: '1.0'
  /** The delivery id, the same over all attempts: whoever has seen it has seen the message. */
  readonly id: string
  /** The origin of the installation. */
  readonly source: string
  readonly type: string
  /** The path of what it is about. */
  readonly subject: string
  readonly time: string
  /** The same instant under the name that Standard Webhooks gives it. */
  readonly timestamp: string
  readonly datacontenttype: 'application/json'
  /** The event of CDEvents that fits, as an extension attribute to route by; absent where none does, for CDEvents knows no gates and no approvals. */
  readonly cdeventtype?: string
  readonly data: {
    readonly event: string
    readonly title: string
    readonly sentence: string
    readonly whatChanged: string
    readonly whoActsNext: string
    readonly link: string
    readonly linkLabel: string
    readonly teams: readonly string[]
    readonly mayBeRepeat: boolean
    /** Names of the people whom it calls. */
    readonly called: readonly string[]
  }
}

// github.com/cdevents/spec: continuous-deployment.md and continuous-operations.md, versions of the events as of draft 0.6.0.
const CDEVENT: Readonly<Partial<Record<Message['eventKind'], string>>> = {
  'stable': 'dev.cdevents.service.upgraded.0.3.0', 'rolled-back': 'dev.cdevents.service.rolledback.0.3.0', 'at-risk': 'dev.cdevents.incident.detected.0.3.0', 'live-turned': 'dev.cdevents.incident.detected.0.3.0',
}

// Standard Webhooks asks for less than 20 kB; four parts of this length stay below it at four bytes a character.
const PART_BUDGET = 1100

const words = (text: string): string => cut(text, PART_BUDGET, (part) => part)

/** In: the message and what this attempt adds. Out: one JSON object with the attributes of CloudEvents 1.0 (github.com/cloudevents/spec) around the words as people wrote them. */
export function renderWebhook(message: Message, delivery: Delivery): WebhookPayload {
  const { origin } = new URL(delivery.link)
  const cdevent = CDEVENT[message.eventKind]
  return {
    specversion: '1.0',
    id: delivery.deliveryId,
    source: origin,
    type: `dev.gatehouse.${message.eventKind}`,
    subject: message.path,
    time: message.happenedAt,
    timestamp: message.happenedAt,
    datacontenttype: 'application/json',
    ...(cdevent === undefined ? {} : { cdeventtype: cdevent }),
    data: {
      event: message.eventKind, title: words(message.title), sentence: words(message.sentence), whatChanged: words(message.whatChanged), whoActsNext: words(message.whoActsNext),
      link: delivery.link, linkLabel: words(message.linkLabel), teams: message.teams, mayBeRepeat: delivery.mayBeRepeat, called: (delivery.called ?? []).slice(0, 20).map((one) => cut(one.name, 80, (part) => part)),
    },
  }
}
