/** Turns a message into the Adaptive Card that a Microsoft Teams workflow posts. */
import { calledWords } from './called'
import { cut } from './cut'
import { EVENT_KIND_TEXT } from './event-kind'
import type { Delivery, Message } from './message'

interface Run { readonly type: 'TextRun'; readonly text: string; readonly weight?: 'Bolder'; readonly size?: 'Medium' | 'Small'; readonly isSubtle?: true }
interface Paragraph { readonly type: 'RichTextBlock'; readonly inlines: readonly Run[] }

export interface TeamsPayload {
  readonly type: 'message'
  readonly attachments: readonly [{
    readonly contentType: 'application/vnd.microsoft.card.adaptive'
    readonly content: {
      readonly $schema: string
      readonly type: 'AdaptiveCard'
      readonly version: '1.4'
      readonly fallbackText: string
      readonly body: readonly Paragraph[]
      readonly actions: readonly { readonly type: 'Action.OpenUrl'; readonly title: string; readonly url: string }[]
    }
  }]
}

// A workflow refuses more than 28 kB, and about 21 kB have been seen to fail; three bytes a character keep every message below half of it.
const TITLE_BUDGET = 200
const PART_BUDGET = 1200
const LABEL_BUDGET = 75

const asItIs = (text: string): string => text

function words(text: string, budget: number): string {
  const shown = cut(text.trim(), budget, asItIs)
  return shown === '' ? '–' : shown
}

/** Only text runs: a text block or a fact would read Markdown and mentions in people's words (adaptivecards.io/explorer/TextRun.html). */
function paragraph(...inlines: readonly Run[]): Paragraph {
  return { type: 'RichTextBlock', inlines }
}

function labelled(label: string, text: string): readonly Paragraph[] {
  if (text.trim() === '') return []
  return [paragraph({ type: 'TextRun', text: `${label}: `, weight: 'Bolder' }, { type: 'TextRun', text: words(text, PART_BUDGET) })]
}

/** The payload of one attempt. In: the message and what this attempt adds. Out: JSON of less than 14 kB whatever the words are. */
export function renderTeams(message: Message, delivery: Delivery): TeamsPayload {
  const kind = message.eventKind === 'test' ? 'Test' : EVENT_KIND_TEXT[message.eventKind].label
  const foot = ['Gatehouse', kind, `${message.happenedAt.slice(0, 16).replace('T', ' ')} UTC`, `delivery ${delivery.deliveryId}`, ...(delivery.mayBeRepeat ? ['may be a repeat'] : [])]
  return {
    type: 'message',
    attachments: [{
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.4',
        fallbackText: words(message.title, TITLE_BUDGET),
        body: [
          paragraph({ type: 'TextRun', text: words(message.title, TITLE_BUDGET), weight: 'Bolder', size: 'Medium' }),
          ...(message.sentence.trim() === '' ? [] : [paragraph({ type: 'TextRun', text: words(message.sentence, PART_BUDGET) })]),
          ...labelled('What changed', message.whatChanged),
          ...labelled('Who acts next', message.whoActsNext),
          ...labelled('For', calledWords(delivery)),
          paragraph({ type: 'TextRun', text: foot.join(' · '), size: 'Small', isSubtle: true }),
        ],
        actions: [{ type: 'Action.OpenUrl', title: words(message.linkLabel, LABEL_BUDGET), url: delivery.link }],
      },
    }],
  }
}
