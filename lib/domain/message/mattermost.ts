/** Turns a message into the text that Mattermost shows: its Markdown, with people's words unable to format, link or call anybody. */
import { calledWords } from './called'
import { cut } from './cut'
import type { Delivery, Message } from './message'

export interface MattermostPayload {
  readonly text: string
}

// Mattermost takes 16,383 characters a post and splits what is longer (developers.mattermost.com/integrate/webhooks/incoming); a message that is read stays far below.
const TITLE_BUDGET = 300
const PART_BUDGET = 1500

/** Escapes what Markdown would format, and parts `@` from its name, because `@all` and `@channel` call people even from a webhook. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, '\\$&').replaceAll('@', '@\u200B')
}

function words(text: string, budget: number): string {
  return cut(text.trim(), budget, escapeMarkdown)
}

/** The payload of one attempt. In: the message and what this attempt adds. Out: JSON whose text is at most about 5,000 characters. */
export function renderMattermost(message: Message, delivery: Delivery): MattermostPayload {
  const parts = [
    `**${words(message.title, TITLE_BUDGET)}**`,
    words(message.sentence, PART_BUDGET),
    message.whatChanged.trim() === '' ? '' : `**What changed**\n${words(message.whatChanged, PART_BUDGET)}`,
    message.whoActsNext.trim() === '' ? '' : `**Who acts next**\n${words(message.whoActsNext, PART_BUDGET)}`,
    calledWords(delivery) === '' ? '' : `For ${words(calledWords(delivery), TITLE_BUDGET)}`,
    `[${words(message.linkLabel, TITLE_BUDGET)}](${linkTarget(delivery.link)})`,
    `Gatehouse · delivery ${delivery.deliveryId}${delivery.mayBeRepeat ? ' · may be a repeat' : ''}`,
  ]
  return { text: parts.filter((part) => part !== '').join('\n\n') }
}

/** A link that its own brackets cannot end. */
function linkTarget(link: string): string {
  return link.replaceAll('(', '%28').replaceAll(')', '%29')
}
