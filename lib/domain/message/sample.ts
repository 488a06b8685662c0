/** A believable message of each kind, for previews: what the other side would show if this happened. */
import type { EventKind } from './event-kind'
import type { Message } from './message'

const SUBJECT = 'FRAUD-12 Fraud scorer 4.2 → production EU'

interface Words { readonly headline: string; readonly changed: string; readonly sentence: string; readonly next: string; readonly link: string; readonly path: string }

const WAITING = 'Waiting on Ops for 2 d 4 h: load test evidence (gate 5).'
const gate = (words: Pick<Words, 'headline' | 'changed'> & Partial<Words>): Words => ({ sentence: WAITING, next: 'Ops', link: 'Open gate 5', path: '/releases/FRAUD-12?gate=environment', ...words })
const release = (words: Pick<Words, 'headline' | 'changed' | 'sentence' | 'next'> & Partial<Words>): Words => ({ link: 'Open the release', path: '/releases/FRAUD-12', ...words })

const SAMPLES: Readonly<Record<EventKind, Words>> = {
  'opened': release({ headline: 'opened', changed: 'Priya opened the release.', sentence: 'Waiting on Product: the scope (gate 1).', next: 'Product' }),
  'gate-passed': gate({ headline: 'Data readiness passed', changed: 'Mara signed for Data science; Data readiness has its sign-offs.' }),
  'gate-waiting': gate({ headline: 'Environment waits for Ops', changed: 'Environment has what it needs before it.' }),
  'rejected': gate({ headline: 'Environment rejected', changed: 'Tomás rejected Environment: the load test ran on half of the peak.', sentence: 'Rejected by Ops: the load test ran on half of the peak.', next: 'Data science' }),
  'stale': gate({ headline: 'a sign-off is stale', changed: 'The serving configuration changed after Ops had signed for Environment.' }),
  'decision': release({ headline: 'D-3 go', changed: 'Priya recorded a go: quality holds on every segment.', sentence: 'Approved; Ops starts the canary.', next: 'Ops', link: 'Open decision D-3', path: '/releases/FRAUD-12/decisions/3' }),
  'hold': release({ headline: 'on hold', changed: 'Priya put the release on hold: the upstream schema changes on Monday.', sentence: 'On hold by Product: the upstream schema changes on Monday.', next: 'Product' }),
  'resumed': release({ headline: 'resumed', changed: 'Priya ended the hold.', sentence: WAITING, next: 'Ops' }),
  'at-risk': release({ headline: 'at risk at 5 %', changed: 'p95 latency is 412 ms; at most 300 ms is allowed.', sentence: 'At risk: p95 latency 412 ms, limit 300 ms.', next: 'Ops' }),
  'halted': release({ headline: 'rollout halted at 5 %', changed: 'The rollout stopped where it stands.', sentence: 'Halted at 5 %: p95 latency 412 ms, limit 300 ms.', next: 'Ops' }),
  'rollout-step': release({ headline: '25 % is live', changed: 'The step of 25 % is live and soaks for 4 h.', sentence: 'Soaking at 25 % until 18:00 UTC.', next: 'Nobody; the soak runs' }),
  'stable': release({ headline: 'stable', changed: 'Version 4.2 is the last stable one in production EU.', sentence: 'Stable; its watch goes on.', next: 'Nobody; there is nothing to do' }),
  'roll-back-proposed': release({ headline: 'roll-back proposed', changed: 'The trigger “errors above 2 % for 5 min” asks for a roll-back: 3.1 %.', sentence: 'A roll-back is proposed; nothing is done by itself.', next: 'Ops' }),
  'roll-back': release({ headline: 'rolling back to 4.1', changed: 'Tomás is taking 4.2 back: errors at 3.1 %.', sentence: 'Rolling back to 4.1.', next: 'Ops' }),
  'rolled-back': release({ headline: 'rolled back', changed: 'Version 4.1 serves again; 4.2 is held.', sentence: 'Rolled back to 4.1.', next: 'Data science' }),
  'live-turned': release({ headline: 'the live version turned', changed: 'Drift of amount is 0.31; at most 0.2 is allowed.', sentence: 'The watch of 4.2 in production EU fails.', next: 'Data science' }),
  'alert': release({ headline: 'alert firing', changed: 'HighErrorRatio is firing since 14:02 UTC.', sentence: 'At risk: HighErrorRatio.', next: 'Ops' }),
  'break-glass': gate({ headline: 'Environment signed by break-glass', changed: 'Ada signed for Ops as an admin: nobody of Ops can be reached. A review is due in two days.' }),
  'reminder': release({ headline: 'due dates', changed: 'Action “Repeat the load test” was due on 2026-11-20.', sentence: WAITING, next: 'Ops' }),
  'digest': release({ headline: '3 things wait for Ops', changed: 'To sign: FRAUD-12 gate 5 Environment and resources\nTo do: repeat the load test (FRAUD-12)', sentence: 'The oldest has waited for 2 d 4 h.', next: 'Ops', link: 'Open my work', path: '/my-work' }),
  'minutes': release({ headline: 'minutes of the weekly check-in', changed: 'Two decisions, three actions.', sentence: 'Minutes closed by Priya.', next: 'Whoever has an action', link: 'Open the minutes', path: '/check-ins' }),
  'mention': gate({ headline: 'you are mentioned', changed: 'Mara: @ops can you run the load test today?' }),
}

/** In: the kind of event and when it is said to have happened (ISO). Out: a message with made-up words and a path that the product has. */
export function sampleMessage(kind: EventKind, happenedAt: string): Message {
  const { headline, changed, sentence, next, link, path } = SAMPLES[kind]
  return { eventKind: kind, title: `${SUBJECT}: ${headline}`, sentence, whatChanged: changed, whoActsNext: next, path, linkLabel: link, teams: [], happenedAt }
}
