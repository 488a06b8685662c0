/** What an alert of Alertmanager is to a release or a live version: kept once per firing, matched by labels, and perhaps a reason to go back. */
import type { FreeText } from '@/lib/domain/text'

export type Labels = Readonly<Record<string, string>>

/** One firing of one alert. `fingerprint` and `startsAt` name it (Alertmanager sends the same firing again and again). */
export interface Alert {
  readonly fingerprint: string
  readonly startsAt: string
  /** Null while it fires. */
  readonly endsAt: string | null
  readonly name: string
  readonly severity: string
  readonly summary: FreeText
  readonly labels: Labels
  readonly sourceUrl: string | null
  /** Whether it asks for a roll-back, as the setting said when it came. */
  readonly isProposing: boolean
  readonly recordedAt: string
}

export const PROPOSES = ['critical', 'every', 'never'] as const

/** Which alerts belong here, and which of them propose a roll-back. Without it the labels of the metrics are the matchers. */
export interface Alerting {
  readonly matchers: Labels
  readonly proposes: (typeof PROPOSES)[number]
}

/** How many firings a state keeps; the log has them all. */
export const KEPT_ALERTS = 50

const SEVERE = new Set(['critical', 'page', 'emergency'])

export interface AlertWords {
  readonly fingerprint: string
  readonly startsAt: string
  readonly endsAt: string | null
  readonly name: string
  readonly severity: string
  readonly summary: string
  readonly labels: Labels
  readonly sourceUrl: string | null
}

/** The name of one firing, unique within its owner. */
export function alertKey(alert: Pick<Alert, 'fingerprint' | 'startsAt'>): string {
  return `alert:${alert.fingerprint}@${alert.startsAt}`
}

/** Labels of one running copy: alerting rules sum over them, so that no alert of a version carries them. */
const OF_A_COPY = new Set(['pod', 'instance', 'container', 'hostname', 'node', 'endpoint'])

/** Matchers that hold when nobody set any: the labels by which the version's series are found, without those of a single copy unless there are no others. */
export function alertingOf(set: Alerting | undefined, labelsOfVersion: Labels): Alerting {
  if (set) return set
  const shared = Object.fromEntries(Object.entries(labelsOfVersion).filter(([name]) => !OF_A_COPY.has(name)))
  return { matchers: Object.keys(shared).length > 0 ? shared : labelsOfVersion, proposes: 'critical' }
}

/** Whether an alert of this severity asks for a roll-back. */
export function isProposing(alerting: Alerting, severity: string): boolean {
  return alerting.proposes === 'every' || (alerting.proposes === 'critical' && SEVERE.has(severity.toLowerCase()))
}

/** What keeps an alert from matching. Out: null when it matches; else the first label that is missing or differs, in words. */
export function mismatch(alerting: Alerting, alert: Labels): string | null {
  const wanted = Object.entries(alerting.matchers)
  if (wanted.length === 0) return 'no labels are set to match by'
  for (const [name, value] of wanted) {
    const own = alert[name]
    if (own === undefined) return `the alert has no label ${name}`
    if (own !== value) return `${name} is ${JSON.stringify(own)}, wanted ${JSON.stringify(value)}`
  }
  return null
}

export type AlertTurn = { readonly type: 'alert-fired'; readonly alert: Alert } | { readonly type: 'alert-resolved'; readonly fingerprint: string; readonly startsAt: string; readonly endsAt: string }

/**
 * What is new in an alert that came in. In: the alerts known, the one that came, the setting, the text as it is to be kept, when.
 * Out: nothing for a firing that is known already, or a resolve that was told; a resolve of an unknown firing is kept as both.
 */
export function alertTurns(known: readonly Alert[], words: AlertWords, alerting: Alerting, summary: FreeText, at: string): readonly AlertTurn[] {
  const { endsAt, ...rest } = words
  const before = known.find((one) => alertKey(one) === alertKey(words))
  if (before && before.endsAt !== null) return []
  const fired: AlertTurn = { type: 'alert-fired', alert: { ...rest, summary, endsAt: null, isProposing: isProposing(alerting, words.severity), recordedAt: at } }
  const resolved: readonly AlertTurn[] = endsAt === null ? [] : [{ type: 'alert-resolved', fingerprint: words.fingerprint, startsAt: words.startsAt, endsAt }]
  return before ? resolved : [fired, ...resolved]
}

/** The alerts after one more turn; the newest `KEPT_ALERTS` stay, and what still fires always. */
export function withTurn(alerts: readonly Alert[], turn: AlertTurn): readonly Alert[] {
  if (turn.type === 'alert-resolved') {
    return alerts.map((one) => (one.fingerprint === turn.fingerprint && one.startsAt === turn.startsAt ? { ...one, endsAt: turn.endsAt } : one))
  }
  const all = [...alerts, turn.alert]
  const spare = all.length - KEPT_ALERTS
  if (spare <= 0) return all
  const old = new Set(all.filter((one) => one.endsAt !== null).slice(0, spare))
  return all.filter((one) => !old.has(one))
}
