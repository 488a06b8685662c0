/** What the address of a webhook must look like, by the kind of place it belongs to, and the little of it that may be shown. */

import type { DestinationKind } from './kind'

/** Slack's own hosts (docs.slack.dev/messaging/sending-messages-using-incoming-webhooks; the second for its government cloud). */
const SLACK_HOSTS: readonly string[] = ['hooks.slack.com', 'hooks.slack-gov.com']
/** Hosts of Power Automate, whose workflows take the place of Teams' retired connectors (learn.microsoft.com). */
const TEAMS_HOSTS: readonly string[] = ['.logic.azure.com', '.api.powerplatform.com', '.api.powerautomate.com', '.flow.microsoft.com']

export type Address = { readonly ok: true; readonly url: string; readonly hint: string } | { readonly ok: false; readonly message: string }

/** One bare e-mail address of at most 254 characters, without a name, a comment or anything that a mail server would read as more. */
const MAIL_ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,189}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/

/** Whether a text is one e-mail address and nothing else. */
export function isMailAddress(text: string): boolean {
  return MAIL_ADDRESS.test(text)
}

/**
 * Reads the address of an incoming webhook. In: the kind of place, what was pasted, and hosts that the operator allows beside the public
 * ones (`host` or `host:port`; these may lie in the own network and be plain http). Out: the normal form and its hint, or what is wrong.
 */
export function readAddress(kind: DestinationKind, pasted: string, allowedHosts: readonly string[]): Address {
  const text = pasted.trim()
  if (kind === 'email') return isMailAddress(text) ? { ok: true, url: text, hint: mailHint(text) } : wrong('This is not one e-mail address. It looks like ops-releases@example.com, without a name beside it.')
  if (!URL.canParse(text) || text.length > 1000) return wrong('This is no web address. Paste the whole URL, beginning with https://.')
  const url = new URL(text)
  const isOwn = allowedHosts.includes(url.host) || allowedHosts.includes(url.hostname)
  if (!isOwn) {
    const foreign = foreignHost(kind, url)
    if (foreign !== null) return wrong(foreign)
  }
  if (url.protocol !== 'https:' && !(isOwn && url.protocol === 'http:')) return wrong('The address must begin with https://.')
  if (url.username !== '' || url.password !== '') return wrong('The address must not hold a user name or a password.')
  const misshapen = isOwn ? null : misshapenPath(kind, url)
  if (misshapen !== null) return wrong(misshapen)
  url.hash = ''
  return { ok: true, url: url.toString(), hint: hintOf(url) }
}

/** Why a kind cannot lie on this host; null when it can. Mattermost and plain webhooks lie on anybody's host. */
function foreignHost(kind: DestinationKind, url: URL): string | null {
  if (kind === 'slack' && !SLACK_HOSTS.includes(url.host)) {
    return `The host ${url.host} is not allowed. Slack webhooks begin with https://hooks.slack.com/; other hosts must be named in WEBHOOK_HOSTS.`
  }
  if (kind === 'teams' && !TEAMS_HOSTS.some((host) => url.host.endsWith(host) || url.host === host.slice(1))) {
    return `The host ${url.host} is not one of Power Automate's (…${TEAMS_HOSTS.join(', …')}); other hosts must be named in WEBHOOK_HOSTS.`
  }
  return null
}

function misshapenPath(kind: DestinationKind, url: URL): string | null {
  if (kind === 'slack' && !/^\/services\/T\w+\/B\w+\/\w{8,}$/.test(url.pathname)) {
    return 'This is not the URL of an incoming webhook. It looks like https://hooks.slack.com/services/T…/B…/….'
  }
  if (kind === 'mattermost' && !/\/hooks\/[a-z0-9]{8,}$/.test(url.pathname)) return 'This is not the URL of an incoming webhook. It ends in /hooks/ and a long key.'
  return null
}

/** Host, and at most the last four characters of a long secret: enough to tell two addresses apart, not enough to send. */
function hintOf(url: URL): string {
  const tail = url.pathname.split('/').at(-1) ?? ''
  return `${url.host}/…${tail.length >= 16 ? tail.slice(-4) : ''}`
}

/** Enough of an e-mail address to tell two apart, not enough to write to. */
function mailHint(address: string): string {
  const [name = '', host = ''] = address.split('@')
  return `${name.slice(0, 1)}…@${host}`
}

function wrong(message: string): Address {
  return { ok: false, message }
}
