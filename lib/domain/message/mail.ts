/** Turns a message into an e-mail: a subject, plain text, and the same as simple HTML in which people's words are text and nothing else. */
import { calledWords } from './called'
import { cut, oneLine } from './cut'
import { EVENT_KIND_TEXT } from './event-kind'
import type { Delivery, Message } from './message'

export interface MailBody {
  readonly subject: string
  readonly text: string
  readonly html: string
}

const SUBJECT_BUDGET = 200
const PART_BUDGET = 4000
const asItIs = (piece: string): string => piece

/** Escapes what HTML would read as markup or the end of an attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}

// Colours and sizes of a mail stand alone: mail programs know no stylesheet of ours. Dark mode is left to them, so nothing sets a background.
const html = (text: string, style = ''): string => `<p style="margin:0 0 12px;white-space:pre-line${style}">${cut(text.trim(), PART_BUDGET, escapeHtml)}</p>`
const part = (label: string, text: string): string => (text.trim() === '' ? '' : html(label, ';margin-bottom:0;font-weight:600') + html(text))

/** The e-mail of one attempt. In: the message and what this attempt adds. Out: a subject on one line, both bodies within about 16,000 characters each. */
export function renderMail(message: Message, delivery: Delivery): MailBody {
  const kind = message.eventKind === 'test' ? 'Test' : EVENT_KIND_TEXT[message.eventKind].label
  const repeat = delivery.mayBeRepeat ? ' (may be a repeat)' : ''
  const foot = ['Gatehouse', kind, `${message.happenedAt.slice(0, 16).replace('T', ' ')} UTC`, `delivery ${delivery.deliveryId}`, ...(delivery.mayBeRepeat ? ['may be a repeat'] : [])].join(' · ')
  const words = (text: string): string => cut(text.trim(), PART_BUDGET, asItIs)
  const labelled = (label: string, text: string): string => (text.trim() === '' ? '' : `${label}\n${words(text)}`)
  return {
    subject: `${cut(oneLine(message.title), SUBJECT_BUDGET, asItIs)}${repeat}`,
    text: `${[words(message.sentence), labelled('What changed', message.whatChanged), labelled('Who acts next', message.whoActsNext), labelled('For', calledWords(delivery)), `${words(message.linkLabel)}: ${delivery.link}`, `-- \n${foot}`].filter((one) => one !== '').join('\n\n')}\n`,
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Gatehouse</title></head><body style="font-family:system-ui,sans-serif;font-size:15px;line-height:1.5;max-width:40em">${
      html(message.title, ';font-size:18px;font-weight:600')}${message.sentence.trim() === '' ? '' : html(message.sentence)}${part('What changed', message.whatChanged)}${part('Who acts next', message.whoActsNext)}${part('For', calledWords(delivery))
    }<p style="margin:0 0 16px"><a href="${escapeHtml(delivery.link)}">${cut(message.linkLabel.trim(), SUBJECT_BUDGET, escapeHtml)}</a></p><p style="margin:0;font-size:12px">${escapeHtml(foot)}</p></body></html>\n`,
  }
}
