/** The pages on which somebody asks to be told of incidents, and confirms or ends it; plain forms, no script. */
import type { SubscriptionChannel } from '@/lib/domain/installation/status-page'

interface SubscribePageProps {
  title: string
  channels: readonly SubscriptionChannel[]
  feed: string
}

export function SubscribePage({ title, channels, feed }: SubscribePageProps) {
  return (
    <>
      <p className="sp-faint sp-above"><a className="sp-link" href="/status">{title}</a></p>
      <h1 className="sp-title">Hear of incidents</h1>
      {channels.includes('email') ? (
        <Way title="By e-mail">
          <form className="sp-form" action="/status/subscribe" method="post">
            <input type="hidden" name="channel" value="email" />
            <label htmlFor="email">Your address</label>
            <input id="email" type="email" name="address" required maxLength={254} autoComplete="email" />
            <p className="sp-faint">You get one message to confirm it, and nothing else until you do. Each message has a link that ends it.</p>
            <button className="sp-button" type="submit">Subscribe</button>
          </form>
        </Way>
      ) : null}
      <Way title="In Slack">
        <p className="sp-muted">Write this in a channel that has the app <i>RSS</i>:</p>
        <p><code>/feed subscribe {feed}</code></p>
        {channels.includes('slack') ? (
          <form className="sp-form" action="/status/subscribe" method="post">
            <input type="hidden" name="channel" value="slack" />
            <label htmlFor="slack">Or an incoming webhook of the channel</label>
            <input id="slack" type="url" name="address" required maxLength={1000} placeholder="https://hooks.slack.com/services/…" />
            <p className="sp-faint">The channel gets one message; somebody there has to confirm it.</p>
            <button className="sp-button" type="submit">Subscribe the channel</button>
          </form>
        ) : null}
      </Way>
      {channels.includes('webhook') ? (
        <Way title="By webhook">
          <form className="sp-form" action="/status/subscribe" method="post">
            <input type="hidden" name="channel" value="webhook" />
            <label htmlFor="webhook">The address of your endpoint</label>
            <input id="webhook" type="url" name="address" required maxLength={1000} placeholder="https://…" />
            <p className="sp-faint">It gets a POST with a <code>challenge</code>, which it has to answer with, and the <code>signing_secret</code> with which every message is signed (Standard Webhooks). Only hosts that the operator allows are called.</p>
            <button className="sp-button" type="submit">Subscribe the endpoint</button>
          </form>
        </Way>
      ) : null}
      <Way title="By feed"><p><a className="sp-link" href="/status/history.atom">{feed}</a></p></Way>
    </>
  )
}

function Way({ title, children }: { title: string; children: React.ReactNode }) {
  return <section className="sp-section"><h2 className="sp-section-title">{title}</h2><div className="sp-surface sp-incident sp-form">{children}</div></section>
}

const NOTES = {
  asked: { title: 'Almost there', text: 'If the address can be reached, a message is on its way to it. Nothing is sent until somebody confirms it there.' },
  done: { title: 'You will hear of incidents', text: 'The address is confirmed. Each message says how to end it.' },
  ended: { title: 'You hear no more of it', text: 'The address is forgotten. You can subscribe again at any time.' },
  late: { title: 'This link leads nowhere any more', text: 'It was used already, or it was not confirmed within a day. Subscribe again, if you like.' },
  refused: { title: 'This did not work', text: 'Look at the address once more. It may also be that too many people asked at once; then try again in an hour.' },
} as const

export type SubscribeNote = keyof typeof NOTES

export function NotePage({ note }: { note: SubscribeNote }) {
  return (
    <>
      <p className="sp-faint sp-above"><a className="sp-link" href="/status">Status</a></p>
      <h1 className="sp-title">{NOTES[note].title}</h1>
      <p className="sp-muted">{NOTES[note].text}</p>
    </>
  )
}

/** Confirms or ends a subscription by a button, because looking at a link must do nothing. */
export function CodePage({ kind, action }: { kind: 'confirm' | 'end'; action: string }) {
  return (
    <>
      <p className="sp-faint sp-above"><a className="sp-link" href="/status">Status</a></p>
      <h1 className="sp-title">{kind === 'confirm' ? 'Hear of incidents?' : 'Hear no more of incidents?'}</h1>
      <form className="sp-form" action={action} method="post"><button className="sp-button" type="submit">{kind === 'confirm' ? 'Yes, subscribe' : 'Unsubscribe'}</button></form>
    </>
  )
}

export const NOTE_PATHS: Readonly<Record<string, SubscribeNote>> = {
  '/status/subscribe/asked': 'asked', '/status/subscribe/done': 'done', '/status/unsubscribe/done': 'ended', '/status/subscribe/late': 'late', '/status/subscribe/refused': 'refused',
}
