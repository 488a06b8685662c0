/** The renderings for places other than Slack: within the limits of each, and no words of people can format, link, mention or break out there. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DESTINATION_KINDS } from '@/lib/domain/destination/kind'
import { EVENT_KINDS } from './event-kind'
import { escapeHtml, renderMail } from './mail'
import { renderMattermost } from './mattermost'
import type { Message } from './message'
import { linkOf, messageSchema } from './message'
import { render } from './render'
import { sampleMessage } from './sample'
import { renderTeams } from './teams'
import { renderWebhook } from './webhook'

const delivery = { deliveryId: '0193b3c0-0000-7000-8000-000000000001', mayBeRepeat: false, link: 'https://gate.example/releases/1?gate=(5)' }
const calm = sampleMessage('gate-passed', '2026-11-22T14:12:00.000Z')
const everywhere = (text: string): Message => ({ ...calm, title: text || 'x', sentence: text, whatChanged: text, whoActsNext: text, linkLabel: text || 'x' })

const HOSTILE = [
  '@all @channel @here @mara', '[click](https://evil.example) ![img](https://evil.example/x.png)', '**bold** _it_ ~~no~~ `code` # h\n> quote\n- list\n| a | b |',
  '<at>Mara</at> <script>alert(1)</script> &lt;', '👩‍👩‍👧‍👦'.repeat(20_000), '\u202egnp.exe\u202c مرحبا', '\ud800 lone \udc00', '"}]}', '   ', 'e' + '\u0301'.repeat(50_000),
  '@all @channel <!here> '.repeat(5_000), '\u202eمرحبا بالعالم\u2066 '.repeat(6_000), '**b** [x](https://evil.example) <script>&amp;`~_'.repeat(2_200),
]

describe('Mattermost', () => {
  it('says what changed, who acts next and where', () => {
    const { text } = renderMattermost(calm, delivery)
    expect(text).toContain('Data readiness passed')
    expect(text).toContain('[Open gate 5](https://gate.example/releases/1?gate=%285%29)')
    expect(text).toContain(delivery.deliveryId)
    expect(renderMattermost(calm, { ...delivery, mayBeRepeat: true }).text).toContain('may be a repeat')
  })

  it.each(HOSTILE)('keeps hostile words %# in their place', (words) => {
    const { text } = renderMattermost(everywhere(words), delivery)
    expect(text.length).toBeLessThan(6000)
    expect(text).not.toMatch(/@(all|channel|here|mara)/)
    // The only link is ours; every other bracket is escaped.
    expect(text.match(/(?<!\\)\]\(/g)).toHaveLength(1)
    expect(text).not.toMatch(/(?<!\\)</)
    expect(text.isWellFormed()).toBe(true)
  })
})

describe('Teams', () => {
  it('is a card with the words as they are and one button', () => {
    const [attachment] = renderTeams(calm, delivery).attachments
    expect(attachment.content.actions).toEqual([{ type: 'Action.OpenUrl', title: 'Open gate 5', url: delivery.link }])
    expect(JSON.stringify(attachment.content.body)).toContain('Waiting on Ops for 2 d 4 h')
  })

  it.each(HOSTILE)('keeps hostile words %# in text runs, below what a workflow takes', (words) => {
    const payload = renderTeams(everywhere(words), delivery)
    expect(Buffer.byteLength(JSON.stringify(payload))).toBeLessThan(21_000)
    // Text blocks and facts read Markdown and mentions; text runs do not.
    const kinds = new Set(payload.attachments[0].content.body.flatMap((block) => [block.type, ...block.inlines.map((run) => run.type)]))
    expect([...kinds].sort()).toEqual(['RichTextBlock', 'TextRun'])
    expect(payload.attachments[0].content.body.every((block) => block.inlines.every((run) => run.text !== ''))).toBe(true)
  })
})

describe('a plain webhook', () => {
  it('gets one CloudEvent whose id is the delivery', () => {
    const event = renderWebhook(calm, delivery)
    expect(event).toMatchObject({ specversion: '1.0', id: delivery.deliveryId, source: 'https://gate.example', type: 'dev.gatehouse.gate-passed', subject: '/releases/FRAUD-12?gate=environment', time: '2026-11-22T14:12:00.000Z' })
    expect(event.timestamp).toBe(event.time)
    expect(event.data).toMatchObject({ mayBeRepeat: false, link: delivery.link, whoActsNext: 'Ops' })
  })

  it('names the type of CDEvents where one fits, in an attribute whose name CloudEvents allows', () => {
    expect(renderWebhook(sampleMessage('rolled-back', calm.happenedAt), delivery)).toMatchObject({ type: 'dev.gatehouse.rolled-back', cdeventtype: 'dev.cdevents.service.rolledback.0.3.0' })
    expect(renderWebhook(calm, delivery)).not.toHaveProperty('cdeventtype')
  })

  it('calls people by name, and Slack by member id when it is one', () => {
    const called = [{ name: 'Mara *<!channel>', slackMemberId: null }, { name: 'Tomás', slackMemberId: 'U0TOMAS1' }, { name: 'Eve', slackMemberId: 'U1> <!here' }]
    const bodies = DESTINATION_KINDS.map((kind) => JSON.stringify(render(kind, calm, { ...delivery, called })))
    for (const body of bodies) expect(body).toContain('Mara')
    expect(bodies[0]).toContain('For Mara &lt;!channel&gt;, <@U0TOMAS1>, Eve')
    expect(bodies[0]).not.toMatch(/<!(?:channel|here)/)
  })

  it.each(HOSTILE)('stays below 20 kB with hostile words %#', (words) => {
    expect(Buffer.byteLength(JSON.stringify(renderWebhook(everywhere(words), delivery)))).toBeLessThan(20_480)
  })
})

describe('an e-mail', () => {
  it('says the same in plain text and in HTML, with a link and the delivery', () => {
    const { subject, text, html } = renderMail(calm, { ...delivery, mayBeRepeat: true })
    expect(subject).toBe(`${calm.title} (may be a repeat)`)
    for (const body of [text, html]) for (const words of [calm.sentence, calm.whatChanged, calm.whoActsNext, delivery.deliveryId, 'may be a repeat']) expect(body).toContain(words)
    expect(text).toContain(`Open gate 5: ${delivery.link}`)
    expect(html).toContain(`href="${escapeHtml(delivery.link)}"`)
  })

  it.each([...HOSTILE, 'a\r\nBcc: x@example.org', '" onmouseover="x', '-->]]></style><img src=x onerror=alert(1)>'])('keeps hostile words %# as text', (words) => {
    const { subject, text, html } = renderMail(everywhere(words), delivery)
    expect(subject).not.toMatch(/[\r\n\u2028]/)
    expect([subject, text, html].every((body) => body.isWellFormed())).toBe(true)
    expect(subject.length).toBeLessThan(250)
    expect(text.length + html.length).toBeLessThan(40_000)
    // All tags are ours: the same as of a calm message.
    const tags = (body: string): string => (body.match(/<\/?[a-z!]+/gi) ?? []).sort().join()
    expect(new Set(tags(html).split(','))).toEqual(new Set(tags(renderMail(calm, delivery).html).split(',')))
    expect(html.match(/<a /g)).toHaveLength(1)
    expect(text + html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
  })
})

it('has a believable sample of every event for every kind of place', () => {
  for (const event of EVENT_KINDS) {
    const sample = sampleMessage(event, '2026-11-22T14:12:00.000Z')
    expect(messageSchema.safeParse(sample).success).toBe(true)
    for (const kind of DESTINATION_KINDS) expect(JSON.stringify(render(kind, sample, delivery))).toContain('FRAUD')
  }
})

it.each(['//evil.example/x', '/\\evil.example/x', 'https://evil.example', 'javascript:alert(1)', '', 'releases/1'])('takes no path that leads away: %s', (path) => {
  expect(messageSchema.safeParse({ ...calm, path }).success).toBe(false)
})

it('makes links of the public address and of nothing else', () => {
  expect(linkOf('https://gate.example', '/releases/FRAUD-12?gate=environment&do=sign-off')).toBe('https://gate.example/releases/FRAUD-12?gate=environment&do=sign-off')
  for (const path of ['//evil.example/x', '/\\evil.example/x', 'https://evil.example']) expect(() => linkOf('https://gate.example', path)).toThrow('must stay')
})

it('never throws and always gives well-formed JSON, whatever the words are', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom(...DESTINATION_KINDS), (words, kind) => {
    expect(JSON.parse(JSON.stringify(render(kind, everywhere(words), delivery)))).toBeTypeOf('object')
  }), { numRuns: 200 })
})
