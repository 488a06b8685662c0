/** The Slack rendering, held against a Slack that refuses what Slack refuses, with words that try to get out. */
import type { KnownBlock } from '@slack/types'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge } from '@/bin/fake-slack.mjs'
import { cut, tidy } from './cut'
import { linkOf, messageSchema, type Message } from './message'
import { escapeSlack, renderSlack, renderText } from './slack'

const delivery = { deliveryId: '0193b3c0-0000-7000-8000-000000000001', mayBeRepeat: false, link: 'https://gate.example/releases/1?gate=5' }
const message: Message = {
  eventKind: 'gate-passed', title: 'FRAUD-12: Data readiness passed', sentence: 'Waiting on Ops for 2 d 4 h: load test evidence (gate 5).',
  whatChanged: 'Mara signed for Data science.', whoActsNext: 'Ops', path: '/releases/1?gate=5', linkLabel: 'Open gate 5',
  teams: ['ops'], happenedAt: '2026-11-22T14:12:00.000Z',
}
const verdict = (m: Message, d = delivery): string | null => judge('application/json', JSON.stringify(renderSlack(m, d)))

test('a message is accepted, and says what changed, who acts next and where', () => {
  expect(verdict(message)).toBeNull()
  const blocks: readonly KnownBlock[] = renderSlack(message, delivery).blocks // fits Slack's own types
  expect(JSON.stringify(blocks)).toContain('Open gate 5')
  expect(JSON.stringify(blocks)).toContain('What changed\\nMara signed for Data science.')
  expect(renderSlack(message, delivery)).toMatchObject({ unfurl_links: false, unfurl_media: false })
  expect(renderText(message, delivery)).toContain('Waiting on Ops for 2 d 4 h')
})

test('a repeat carries the same delivery id and says so', () => {
  const repeat = JSON.stringify(renderSlack(message, { ...delivery, mayBeRepeat: true }))
  expect(repeat).toContain('may be a repeat')
  expect(repeat).toContain(delivery.deliveryId)
  expect(JSON.stringify(renderSlack(message, delivery))).not.toContain('repeat')
})

const HOSTILE = [
  '<!channel> <@U012> <https://evil.example|click> <!subteam^S1>', '*bold* _it_ ~no~ `code` ```x```', '&amp; &lt;b&gt; & < >',
  '👩‍👩‍👧‍👦'.repeat(5000), '🇩🇪'.repeat(20_000), 'a\u0301\u0302\u0303'.repeat(9000), 'e' + '\u0301'.repeat(50_000),
  '\u202egnp.exe\u202c مرحبا بالعالم', '\ud800 lone \udc00', '\u0000\u0007\r\n\tx', '&'.repeat(100_000), '   ', '—'.repeat(3001),
  '<!channel> <@U012> '.repeat(5_500), '\u202eمرحبا بالعالم\u2066 '.repeat(6_000), '*b* <https://evil.example|x> `c` ~s~ '.repeat(2_800),
]

test.each(HOSTILE)('hostile text %# in every field is accepted and can do nothing', (text) => {
  const nasty: Message = { ...message, title: text, sentence: text, whatChanged: text, whoActsNext: text, linkLabel: text }
  expect(verdict(nasty)).toBeNull()
  const { blocks, text: fallback } = renderSlack(nasty, delivery)
  const people = blocks.filter((block) => block.type !== 'context')
  for (const words of [JSON.stringify(people), fallback]) {
    expect(words).not.toMatch(/<[!@#]|<http|>/)
    expect(words).not.toMatch(/&(?!amp;|lt;|gt;)/) // an entity is never cut in two
  }
  expect(fallback.isWellFormed()).toBe(true)
})

test('any text of any length is accepted', () => {
  const words = fc.oneof(fc.string({ unit: 'binary', maxLength: 4000 }), fc.string({ unit: 'grapheme', maxLength: 4000 }))
  fc.assert(fc.property(words, words, words, words, (title, sentence, whatChanged, whoActsNext) => {
    expect(verdict({ ...message, title, sentence, whatChanged, whoActsNext })).toBeNull()
  }), { numRuns: 100 })
})

test('cutting keeps graphemes whole and counts what is sent', () => {
  expect(cut('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 12, escapeSlack)).toBe('👩‍👩‍👧‍👦…')
  expect(cut('👩‍👩‍👧‍👦', 11, escapeSlack)).toBe('👩‍👩‍👧‍👦')
  expect(cut('a&b', 7, escapeSlack)).toBe('a&amp;b')
  expect(cut('a&b', 6, escapeSlack)).toBe('a…')
  expect(cut('', 5, escapeSlack)).toBe('')
  expect(tidy('a\u202eb\u0000c')).toBe('abc')
})

test('a link stays on the public URL', () => {
  expect(linkOf('https://gate.example', '/releases/1')).toBe('https://gate.example/releases/1')
  expect(() => linkOf('https://gate.example', '//evil.example/x')).toThrow()
  expect(() => linkOf('https://gate.example', '/\\evil.example')).toThrow()
  expect(messageSchema.safeParse({ ...message, path: '//evil.example' }).success).toBe(false)
})
