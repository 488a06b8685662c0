/** What subscribers get: the same facts as the public page, as an e-mail, a Slack message or JSON, each with the way to end it. */
import 'server-only'
import { z } from 'zod'
import { INCIDENT_STATUSES } from '@/lib/domain/incident/state'
import { oneLine } from '@/lib/domain/message/cut'
import { INCIDENT_TEXT, type PublicIncident } from '@/lib/domain/status/status'

/** What is kept of a notice until it was sent; public words only. */
export const noticePayload = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('confirm') }),
  z.object({
    kind: z.literal('incident'), id: z.string(), name: z.string(), status: z.enum(INCIDENT_STATUSES), impact: z.string(), at: z.string(), text: z.string(), isPostMortem: z.boolean(),
    title: z.string(),
  }),
])
export type NoticePayload = z.infer<typeof noticePayload>
type IncidentNotice = Extract<NoticePayload, { kind: 'incident' }>

/** The newest that is to be told of an incident, and the subject under which it is told once. */
export function newestOf(incident: PublicIncident, title: string): { readonly subject: string; readonly payload: IncidentNotice } {
  const { id, name, impact, updates, postMortem, startedAt, status } = incident
  const update = updates[0] ?? { status, at: startedAt, text: '' }
  const isPostMortem = postMortem !== undefined && postMortem.at > update.at
  const told = isPostMortem ? { status, at: postMortem.at, text: postMortem.text } : update
  return { subject: `${id} ${told.at} ${isPostMortem ? 'post-mortem' : told.status}`, payload: { kind: 'incident', id, name, impact, ...pick(told), isPostMortem, title } }
}

function pick({ status, at, text }: { readonly status: PublicIncident['status']; readonly at: string; readonly text: string }) {
  return { status, at, text }
}

export interface Links {
  readonly origin: string
  readonly confirm: string
  readonly end: string
}

const word = (notice: IncidentNotice) => (notice.isPostMortem ? 'What we learnt' : INCIDENT_TEXT[notice.status].label)
const linkOf = (notice: IncidentNotice, { origin }: Links) => `${origin}/status/incidents/${notice.id}`

/** An e-mail. Out: subject, words and headers; the one-click way of RFC 8058 in every message but the first, which nobody asked to end. */
export function mailOf(payload: NoticePayload, links: Links): { readonly subject: string; readonly text: string; readonly headers: Readonly<Record<string, string>> } {
  if (payload.kind === 'confirm') {
    return {
      subject: 'Confirm that you want to hear of incidents', headers: {},
      text: `Somebody, probably you, asked that this address hears of incidents of ${links.origin}/status.\n\nIf you want that, open this within a day and press the button:\n${links.confirm}\n\nIf not, do nothing; nothing more is sent.\n`,
    }
  }
  return {
    subject: `${word(payload)}: ${oneLine(payload.name)}`,
    headers: { 'List-Unsubscribe': `<${links.end}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    text: `${payload.name}\n${word(payload)}, ${payload.at.slice(0, 16).replace('T', ' ')} UTC\n\n${payload.text}\n\n${linkOf(payload, links)}\n\n--\n${payload.title}. Hear no more of it: ${links.end}\n`,
  }
}

const SLACK_LIMIT = 3000
const slackEscaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A Slack message; what people wrote can mention nobody. */
export function slackOf(payload: NoticePayload, links: Links): object {
  if (payload.kind === 'confirm') return { text: `Somebody asked that this channel hears of incidents of <${links.origin}/status|the status page>. <${links.confirm}|Confirm it> within a day; otherwise nothing more is sent.` }
  const words = slackEscaped(payload.text.slice(0, SLACK_LIMIT))
  return { text: `*${slackEscaped(oneLine(payload.name))}*: ${word(payload)}\n${words}\n<${linkOf(payload, links)}|Read it> · <${links.end}|Hear no more of it>`, unfurl_links: false }
}

/** JSON for an endpoint. In: for the confirmation, the challenge that it has to answer with, and the secret that signs this and all later letters. */
export function webhookOf(payload: NoticePayload, links: Links, { challenge, signingSecret }: { readonly challenge: string; readonly signingSecret: string }): object {
  if (payload.kind === 'confirm') return { type: 'status.confirm', challenge, signing_secret: signingSecret }
  const { id, name, status, impact, at, text, isPostMortem } = payload
  return { type: isPostMortem ? 'status.post-mortem' : 'status.incident', incident: { id, name, status, impact, updated_at: at, body: text, url: linkOf(payload, links) }, unsubscribe_url: links.end }
}
