/** Each refusal of the fake Slack, provoked: what a webhook answers to a wrong body, a wrong address, haste and faults. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { REFUSALS, startFakeSlack } from './fake-slack.mjs'

let slack: Awaited<ReturnType<typeof startFakeSlack>>
beforeAll(async () => { slack = await startFakeSlack({ perSecond: 1000 }) })
afterAll(() => slack.close())

async function post(body: unknown, url = slack.url('good'), type = 'application/json'): Promise<string> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body: typeof body === 'string' ? body : JSON.stringify(body), redirect: 'manual' })
  return `${response.status} ${await response.text()}`
}
const text = (length: number, type = 'plain_text') => ({ type, text: 'x'.repeat(length) })
const blocks = (...list: unknown[]) => ({ text: 'x', blocks: list })

test('a good message is ok', async () => {
  expect(await post({ text: 'hello' })).toBe('200 ok')
  expect(await post(blocks({ type: 'header', text: text(150) }, { type: 'divider' }))).toBe('200 ok')
  expect(await post(`payload=${encodeURIComponent('{"text":"x"}')}`, undefined, 'application/x-www-form-urlencoded')).toBe('200 ok')
})

const REFUSED: readonly (readonly [string, unknown, string])[] = [
  ['no JSON', '{', '400 invalid_payload'],
  ['an array', [], '400 invalid_payload'],
  ['nothing to say', {}, '400 no_text'],
  ['an empty text', { text: ' ' }, '400 no_text'],
  ['no blocks and no text', { blocks: [] }, '400 no_text'],
  ['51 blocks', blocks(...Array.from({ length: 51 }, () => ({ type: 'divider' }))), '400 invalid_blocks'],
  ['blocks that are no list', { text: 'x', blocks: {} }, '400 invalid_blocks'],
  ['a header of 151', blocks({ type: 'header', text: text(151) }), '400 invalid_blocks'],
  ['a header in mrkdwn', blocks({ type: 'header', text: text(5, 'mrkdwn') }), '400 invalid_blocks'],
  ['an empty header', blocks({ type: 'header', text: text(0) }), '400 invalid_blocks'],
  ['a section of 3001', blocks({ type: 'section', text: text(3001) }), '400 invalid_blocks'],
  ['a section with nothing', blocks({ type: 'section' }), '400 invalid_blocks'],
  ['11 fields', blocks({ type: 'section', fields: Array.from({ length: 11 }, () => text(1)) }), '400 invalid_blocks'],
  ['a field of 2001', blocks({ type: 'section', fields: [text(2001)] }), '400 invalid_blocks'],
  ['no fields', blocks({ type: 'section', fields: [] }), '400 invalid_blocks'],
  ['11 context elements', blocks({ type: 'context', elements: Array.from({ length: 11 }, () => text(1)) }), '400 invalid_blocks'],
  ['26 actions', blocks({ type: 'actions', elements: Array.from({ length: 26 }, () => ({ type: 'button', text: text(1) })) }), '400 invalid_blocks'],
  ['a button of 76', blocks({ type: 'actions', elements: [{ type: 'button', text: text(76) }] }), '400 invalid_blocks'],
  ['a button link of 3001', blocks({ type: 'actions', elements: [{ type: 'button', text: text(1), url: `https://x.example/${'x'.repeat(2990)}` }] }), '400 invalid_blocks'],
  ['a javascript: button', blocks({ type: 'actions', elements: [{ type: 'button', text: text(1), url: 'javascript:alert(1)' }] }), '400 invalid_blocks'],
  ['a button value of 2001', blocks({ type: 'actions', elements: [{ type: 'button', text: text(1), value: 'x'.repeat(2001) }] }), '400 invalid_blocks'],
  ['a block_id of 256', blocks({ type: 'divider', block_id: 'x'.repeat(256) }), '400 invalid_blocks'],
  ['a block_id twice', blocks({ type: 'divider', block_id: 'a' }, { type: 'divider', block_id: 'a' }), '400 invalid_blocks'],
  ['an image alt of 2001', blocks({ type: 'image', image_url: 'https://x.example/a.png', alt_text: 'x'.repeat(2001) }), '400 invalid_blocks'],
  ['an unknown block', blocks({ type: 'banner' }), '400 invalid_blocks'],
  ['emoji on mrkdwn', blocks({ type: 'section', text: { type: 'mrkdwn', text: 'x', emoji: true } }), '400 invalid_blocks'],
  ['more than 13,200 in all', blocks(...Array.from({ length: 5 }, () => ({ type: 'section', text: text(2900) }))), '400 msg_blocks_too_long'],
]
test.each(REFUSED)('refuses %s', async (_name, body, answer) => { expect(await post(body)).toBe(answer) })

test('refuses another content type, another team and another path', async () => {
  expect(await post({ text: 'x' }, undefined, 'text/plain')).toBe('400 invalid_payload')
  expect(await post({ text: 'x' }, `${slack.origin}/services/T99/B00000000/good`)).toBe('404 no_team')
  expect(await post({ text: 'x' }, `${slack.origin}/hooks`)).toBe('404 no_service')
  expect((await fetch(slack.url('good'))).status).toBe(400)
})

test.each(Object.entries(REFUSALS).filter(([mode]) => mode !== 'method'))('answers %s on demand', async (mode, { status, body }) => {
  slack.next('moody', mode)
  expect(await post({ text: 'x' }, slack.url('moody'))).toBe(`${status} ${body}`)
})

test('haste is answered with 429 and Retry-After, as Slack says it', async () => {
  const slow = await startFakeSlack({ retryAfter: 2 })
  const answers = []
  for (let i = 0; i < 4; i += 1) answers.push(await fetch(slow.url('w'), { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"x"}' }))
  expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 429])
  expect(answers[3]?.headers.get('retry-after')).toBe('2')
  expect(await answers[3]?.json()).toEqual({ retry_after: 2, ok: false, error: 'rate_limited' })
  await slow.close()
})
