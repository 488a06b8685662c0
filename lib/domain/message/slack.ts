/** Turns a message into the JSON that a Slack incoming webhook accepts, with people's words unable to do anything there. */
import { cut } from './cut'
import { EVENT_KIND_TEXT } from './event-kind'
import type { Delivery, Message } from './message'
import { SLACK_LIMITS } from './slack-limits'

interface PlainText { readonly type: 'plain_text'; readonly text: string; readonly emoji: false }
interface Mrkdwn { readonly type: 'mrkdwn'; readonly text: string; readonly verbatim: true }
interface LinkButton { readonly type: 'button'; readonly text: PlainText; readonly url: string; readonly action_id: string }

export type SlackBlock =
  | { readonly type: 'header'; readonly text: PlainText }
  | { readonly type: 'section'; readonly text: PlainText }
  | { readonly type: 'section'; readonly fields: PlainText[] }
  | { readonly type: 'actions'; readonly elements: LinkButton[] }
  | { readonly type: 'context'; readonly elements: Mrkdwn[] }

export interface SlackPayload {
  readonly text: string
  readonly blocks: readonly SlackBlock[]
  readonly unfurl_links: false
  readonly unfurl_media: false
}

// Our own budgets keep every message far below the total that Slack refuses; the documented limits are the outer bound.
const SENTENCE_BUDGET = 1500
const FIELD_BUDGET = 1500
const FALLBACK_BUDGET = 3000

/**
 * Escapes exactly `&`, `<` and `>`, which is what Slack decodes again; anything else would be shown as an entity
 * (docs.slack.dev/messaging/formatting-message-text#escaping). Keeps `<!channel>`, `<@U…>` and `<url|label>` from being parsed.
 */
export function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/**
 * Slack-compatible plain words for clients that show no blocks: the notification on a phone, a screen reader.
 * Out: at most 3,000 units, escaped.
 */
export function renderText(message: Message, delivery: Delivery): string {
  const head = cut([message.title, message.sentence].filter((part) => part !== '').join(': '), FALLBACK_BUDGET, escapeSlack)
  const repeat = delivery.mayBeRepeat ? ' (may be a repeat)' : ''
  return `${head}${repeat} ${escapeSlack(delivery.link)}`
}

/**
 * The Block Kit payload of one attempt. In: the message and what this attempt adds. Out: JSON within `SLACK_LIMITS`, whatever the
 * words are. People's words stand only in plain_text objects, because mrkdwn has no escape for `*`, `_`, `~` and backticks;
 * links are not unfurled, because they need a login and would unfurl as the login page.
 */
export function renderSlack(message: Message, delivery: Delivery): SlackPayload {
  const blocks: SlackBlock[] = [{ type: 'header', text: plain(message.title, SLACK_LIMITS.headerText) }]
  if (message.sentence.trim() !== '') blocks.push({ type: 'section', text: plain(message.sentence, SENTENCE_BUDGET) })
  const fields = [
    labelled('What changed', message.whatChanged),
    labelled('Who acts next', message.whoActsNext),
  ].filter((field) => field !== null)
  if (fields.length > 0) blocks.push({ type: 'section', fields })
  if (delivery.link.length <= SLACK_LIMITS.buttonUrl) {
    const text = plain(message.linkLabel, SLACK_LIMITS.buttonText)
    blocks.push({ type: 'actions', elements: [{ type: 'button', text, url: delivery.link, action_id: 'open' }] })
  }
  const calls = callsOf(delivery)
  if (calls) blocks.push({ type: 'context', elements: [calls] })
  blocks.push({ type: 'context', elements: [footer(message, delivery)] })
  return { text: renderText(message, delivery), blocks, unfurl_links: false, unfurl_media: false }
}

/** A text object that Slack shows as it is. Never empty: Slack refuses empty text objects. */
function plain(text: string, limit: number): PlainText {
  const shown = cut(text.trim(), limit, escapeSlack)
  return { type: 'plain_text', text: shown === '' ? '–' : shown, emoji: false }
}

function labelled(label: string, text: string): PlainText | null {
  return text.trim() === '' ? null : plain(`${label}\n${text.trim()}`, FIELD_BUDGET)
}

/** As many as are called by name; the rest is counted. */
const MOST_CALLED = 20
const MEMBER_ID = /^[UW][A-Z0-9]{2,20}$/

/**
 * Whom the message calls: by member id, which Slack shows as their name and tells them of; by their name where nobody said the id. Names are
 * freed of what mrkdwn would format, because it has no escape for it.
 */
function callsOf({ called = [] }: Delivery): Mrkdwn | null {
  if (called.length === 0) return null
  const named = called.slice(0, MOST_CALLED).map(({ name, slackMemberId }) => (slackMemberId !== null && MEMBER_ID.test(slackMemberId) ? `<@${slackMemberId}>` : cut(name.replace(/[*_~`@]/g, ''), 80, escapeSlack)))
  const more = called.length - MOST_CALLED
  return { type: 'mrkdwn', text: `For ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`, verbatim: true }
}

/** When it happened in the reader's zone, the delivery id, and the honest word about repeats. */
function footer(message: Message, delivery: Delivery): Mrkdwn {
  const at = new Date(message.happenedAt)
  const fallback = `${message.happenedAt.slice(0, 16).replace('T', ' ')} UTC`
  const when = `<!date^${Math.floor(at.getTime() / 1000)}^{date_short_pretty} {time}|${fallback}>`
  const kind = message.eventKind === 'test' ? 'Test' : EVENT_KIND_TEXT[message.eventKind].label
  const parts = [`Gatehouse`, kind, when, `delivery ${delivery.deliveryId}`]
  if (delivery.mayBeRepeat) parts.push('*may be a repeat*')
  return { type: 'mrkdwn', text: parts.join(' · '), verbatim: true }
}
