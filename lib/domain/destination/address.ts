/** What an address of a Slack webhook must look like, and the little of it that may be shown. */

/** Slack's own hosts (docs.slack.dev/messaging/sending-messages-using-incoming-webhooks; the second for its government cloud). */
const SLACK_HOSTS: readonly string[] = ['hooks.slack.com', 'hooks.slack-gov.com']

export type Address = { readonly ok: true; readonly url: string; readonly hint: string } | { readonly ok: false; readonly message: string }

/**
 * Reads the address of an incoming webhook. In: what was pasted, and hosts beside Slack's that the operator allows (`host` or
 * `host:port`; these may be plain http, for a proxy or a double on the own network). Out: the normal form and its hint, or what is wrong.
 */
export function readAddress(pasted: string, allowedHosts: readonly string[]): Address {
  const text = pasted.trim()
  if (!URL.canParse(text) || text.length > 1000) return wrong('This is no web address. Paste the webhook URL that Slack shows for the app.')
  const url = new URL(text)
  const isOwn = allowedHosts.includes(url.host) || allowedHosts.includes(url.hostname)
  if (!isOwn && !SLACK_HOSTS.includes(url.host)) {
    return wrong(`The host ${url.host} is not allowed. Slack webhooks begin with https://hooks.slack.com/; other hosts must be named in WEBHOOK_HOSTS.`)
  }
  if (url.protocol !== 'https:' && !(isOwn && url.protocol === 'http:')) return wrong('The address must begin with https://.')
  if (url.username !== '' || url.password !== '') return wrong('The address must not hold a user name or a password.')
  if (!isOwn && !/^\/services\/T\w+\/B\w+\/\w{8,}$/.test(url.pathname)) {
    return wrong('This is not the URL of an incoming webhook. It looks like https://hooks.slack.com/services/T…/B…/….')
  }
  url.hash = ''
  return { ok: true, url: url.toString(), hint: hintOf(url) }
}

/** Host, and at most the last four characters of a long secret: enough to tell two addresses apart, not enough to send. */
function hintOf(url: URL): string {
  const tail = url.pathname.split('/').at(-1) ?? ''
  return `${url.host}/…${tail.length >= 16 ? tail.slice(-4) : ''}`
}

function wrong(message: string): Address {
  return { ok: false, message }
}
