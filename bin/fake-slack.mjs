#!/usr/bin/env node
// Hides how Slack's incoming webhooks behave: answers as Slack does and, above all, refuses what Slack refuses. For tests and the demo.
//
// As a command: node bin/fake-slack.mjs [port]   (prints each accepted message as one line)
// As a double:  const slack = await startFakeSlack(); … slack.url('good') … await slack.close()
import { createServer } from 'node:http'
import { pathToFileURL } from 'node:url'

// The refusals, each with its source. Bodies are plain text, as Slack's are.
//   2016: https://api.slack.com/changelog/2016-05-17
//   docs: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors
export const REFUSALS = {
  'invalid-payload': { status: 400, body: 'invalid_payload', source: '2016' },
  'user-not-found': { status: 400, body: 'user_not_found', source: '2016' },
  'action-prohibited': { status: 403, body: 'action_prohibited', source: '2016' },
  'invalid-token': { status: 403, body: 'invalid_token', source: 'docs' },
  'channel-not-found': { status: 404, body: 'channel_not_found', source: '2016' },
  'no-service': { status: 404, body: 'no_service', source: 'docs; what a revoked URL answers' },
  'no-team': { status: 404, body: 'no_team', source: 'docs' },
  'channel-is-archived': { status: 410, body: 'channel_is_archived', source: '2016' },
  'rollup-error': { status: 500, body: 'rollup_error', source: '2016' },
  'invalid-blocks': { status: 400, body: 'invalid_blocks', source: 'sourcegraph/sourcegraph#49979' },
  'blocks-too-long': { status: 400, body: 'msg_blocks_too_long', source: 'slackapi/bolt-js#2509' },
  'no-text': { status: 400, body: 'no_text', source: 'docs' },
  'method': { status: 400, body: 'invalid_payload', source: 'only POST is documented' },
}

// The documented limits (https://docs.slack.dev/reference/block-kit/blocks, one page per block), kept apart from the product's own table.
export const LIMITS = {
  blocks: 50, header: 150, text: 3000, fields: 10, field: 2000, contextElements: 10, actions: 25, buttonText: 75, buttonUrl: 3000,
  buttonValue: 2000, identifier: 255, altText: 2000, imageUrl: 3000, allBlocks: 13_200,
}

/** Slack's limit is about one message a second and webhook, "short bursts" allowed (https://docs.slack.dev/apis/web-api/rate-limits). */
const BURST = 3

const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value, limit, kinds = ['plain_text', 'mrkdwn']) => isRecord(value) && kinds.includes(value.type)
  && typeof value.text === 'string' && value.text.length >= 1 && value.text.length <= limit
  && !('emoji' in value && value.type !== 'plain_text') && !('verbatim' in value && value.type !== 'mrkdwn')
const isList = (value, limit, check) => Array.isArray(value) && value.length >= 1 && value.length <= limit && value.every(check)
const isUrl = (value, limit) => typeof value === 'string' && value.length <= limit && /^https?:\/\/[^\s<>]+$/i.test(value)
const isIdentifier = (value) => value === undefined || (typeof value === 'string' && value.length <= LIMITS.identifier)
const isImage = (value) => isRecord(value) && value.type === 'image' && isUrl(value.image_url, LIMITS.imageUrl)
  && typeof value.alt_text === 'string' && value.alt_text.length <= LIMITS.altText
const isButton = (value) => isRecord(value) && value.type === 'button' && isText(value.text, LIMITS.buttonText, ['plain_text'])
  && (value.url === undefined || isUrl(value.url, LIMITS.buttonUrl)) && isIdentifier(value.action_id)
  && (value.value === undefined || (typeof value.value === 'string' && value.value.length <= LIMITS.buttonValue))

/** Whether Slack would take the block, for the block types that an incoming webhook may use here. */
function isBlock(block) {
  if (!isRecord(block) || !isIdentifier(block.block_id)) return false
  switch (block.type) {
    case 'header': return isText(block.text, LIMITS.header, ['plain_text'])
    case 'section': return (block.text !== undefined || block.fields !== undefined)
      && (block.text === undefined || isText(block.text, LIMITS.text))
      && (block.fields === undefined || isList(block.fields, LIMITS.fields, (field) => isText(field, LIMITS.field)))
    case 'context': return isList(block.elements, LIMITS.contextElements, (element) => isText(element, LIMITS.text) || isImage(element))
    case 'actions': return isList(block.elements, LIMITS.actions, isButton)
    case 'image': return isImage(block)
    case 'divider': return true
    default: return false
  }
}

/** The payload of a request, as JSON or as the form field `payload`; `undefined` when it is neither. */
function parse(contentType, raw) {
  try {
    if (contentType.startsWith('application/x-www-form-urlencoded')) return JSON.parse(new URLSearchParams(raw).get('payload') ?? '')
    return contentType.startsWith('application/json') ? JSON.parse(raw) : undefined
  } catch {
    return undefined
  }
}

/**
 * What Slack says to a body, apart from who sends it: `null` when it takes it, else a key of REFUSALS.
 * In: the content type and the body as sent.
 */
export function judge(contentType, raw) {
  const body = parse(contentType, raw)
  if (!isRecord(body)) return 'invalid-payload'
  const hasText = typeof body.text === 'string' && body.text.trim() !== ''
  if (body.blocks === undefined) return hasText ? null : 'no-text'
  if (!Array.isArray(body.blocks) || body.blocks.length > LIMITS.blocks || !body.blocks.every(isBlock)) return 'invalid-blocks'
  const ids = body.blocks.map((block) => block.block_id).filter((id) => id !== undefined)
  if (new Set(ids).size !== ids.length) return 'invalid-blocks'
  if (body.blocks.length === 0 && !hasText) return 'no-text'
  return JSON.stringify(body.blocks).length > LIMITS.allBlocks ? 'blocks-too-long' : null
}

/**
 * Starts a Slack on a loopback port. Webhook URLs come from `url(name)`; each name is a webhook with its own rate limit.
 * `next(name, …modes)` makes the next requests of a webhook meet these modes, in order: a key of REFUSALS, `rate-limited`,
 * `rate-limited-bare` (no Retry-After), `hang` (accepts, never answers), `drop` (takes the message, then breaks the connection),
 * `half` (promises more than it sends), `drip` (one byte a second), `html` (200 with a login page), `redirect`, `ok`.
 * `always(name, mode)` does so for good; `revoke(name)` is `always(name, 'no-service')`.
 */
export async function startFakeSlack({ port = 0, perSecond = 1, retryAfter = 1, onMessage = () => {} } = {}) {
  const hooks = new Map()
  const messages = []
  const requests = []
  const hook = (name) => {
    if (!hooks.has(name)) hooks.set(name, { queue: [], always: null, tokens: BURST, at: Date.now() })
    return hooks.get(name)
  }

  function isTooFast(entry) {
    const now = Date.now()
    entry.tokens = Math.min(BURST, entry.tokens + ((now - entry.at) / 1000) * perSecond)
    entry.at = now
    if (entry.tokens < 1) return true
    entry.tokens -= 1
    return false
  }

  function limit(response, bare) {
    const headers = { 'content-type': 'application/json', ...(bare ? {} : { 'retry-after': String(retryAfter) }) }
    response.writeHead(429, headers).end(JSON.stringify({ retry_after: retryAfter, ok: false, error: 'rate_limited' }))
  }

  function answer(request, response, raw) {
    const match = /^\/services\/(T\w+)\/(B\w+)\/(\w+)$/.exec(request.url ?? '')
    const say = ({ status, body }) => response.writeHead(status, { 'content-type': 'text/html' }).end(body)
    if (!match) return say(REFUSALS['no-service'])
    if (match[1] !== 'T00000000') return say(REFUSALS['no-team'])
    if (request.method !== 'POST') return say(REFUSALS.method)
    const name = match[3]
    const entry = hook(name)
    const mode = entry.queue.shift() ?? entry.always ?? 'ok'
    requests.push({ name, mode, at: Date.now(), raw })
    if (mode === 'hang') return undefined
    if (mode === 'rate-limited' || mode === 'rate-limited-bare') return limit(response, mode === 'rate-limited-bare')
    if (mode === 'html') return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>')
    if (mode === 'redirect') return response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()
    if (REFUSALS[mode]) return say(REFUSALS[mode])
    if (isTooFast(entry)) return limit(response, false)
    const contentType = request.headers['content-type'] ?? ''
    const refusal = judge(contentType, raw)
    if (refusal) return say(REFUSALS[refusal])
    const message = { name, at: Date.now(), payload: parse(contentType, raw) }
    messages.push(message)
    onMessage(message)
    if (mode === 'drop') return request.socket.destroy()
    if (mode === 'half') {
      response.writeHead(200, { 'content-length': '100' })
      response.write('o')
      return setTimeout(() => request.socket.destroy(), 50)
    }
    if (mode === 'drip') {
      response.writeHead(200, { 'content-type': 'text/html' })
      const timer = setInterval(() => response.write(' '), 1000)
      return response.on('close', () => clearInterval(timer))
    }
    return response.writeHead(200, { 'content-type': 'text/html' }).end('ok')
  }

  const server = createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      if (request.url === '/_messages') return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(messages))
      return answer(request, response, Buffer.concat(chunks).toString('utf8'))
    })
    request.on('error', () => {})
  })
  await new Promise((resolve, reject) => { server.once('error', reject); server.listen(port, '127.0.0.1', () => resolve(undefined)) })
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`
  return {
    origin,
    messages,
    requests,
    url: (name) => `${origin}/services/T00000000/B00000000/${name}`,
    next: (name, ...modes) => { hook(name).queue.push(...modes) },
    always: (name, mode) => { hook(name).always = mode },
    revoke: (name) => { hook(name).always = 'no-service' },
    close: () => new Promise((resolve) => { server.close(() => resolve(undefined)); server.closeAllConnections() }),
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const slack = await startFakeSlack({
    port: Number(process.argv[2] ?? 4750),
    onMessage: ({ name, payload }) => console.log(JSON.stringify({ webhook: name, text: payload.text })),
  })
  console.log(`A Slack of our own answers at ${slack.url('demo')}`)
}
