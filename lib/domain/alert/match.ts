/** Decides to whom an alert belongs: releases and live versions whose labels it carries; and says why where it belongs to nobody. Pure. */
import { alertingOf, mismatch, type Alerting, type Labels } from './alert'

/** Something that alerts can be about. */
export interface AlertOwner {
  readonly kind: 'release' | 'live'
  readonly id: string
  /** "FRAUD-12" or "fraud-scorer 4.1.0 in production". */
  readonly name: string
  readonly modelId: string
  readonly environmentSlug: string
  readonly labels: Labels
  readonly alerting: Alerting | undefined
}

export interface Belonging {
  readonly owners: readonly AlertOwner[]
  /** Why it belongs to nobody; empty when it does. */
  readonly reason: string
}

/** In: the labels of the alert, everybody it could be about, the environment that the sender speaks for (null: any). */
export function belonging(alert: Labels, owners: readonly AlertOwner[], environmentSlug: string | null): Belonging {
  const here = owners.filter((owner) => environmentSlug === null || owner.environmentSlug === environmentSlug)
  if (here.length === 0) return { owners: [], reason: environmentSlug === null ? 'No release or live version is there to match.' : `No release or live version in ${environmentSlug}.` }
  const tried = here.map((owner) => {
    const alerting = alertingOf(owner.alerting, owner.labels)
    const shared = Object.entries(alerting.matchers).filter(([name, value]) => alert[name] === value).length
    return { owner, shared, why: mismatch(alerting, alert) }
  })
  const matching = tried.filter((one) => one.why === null)
  if (matching.length > 0) return { owners: matching.map((one) => one.owner), reason: '' }
  const [nearest] = tried.toSorted((a, b) => b.shared - a.shared || a.owner.name.localeCompare(b.owner.name, 'en'))
  return { owners: [], reason: nearest ? `Nearest is ${nearest.owner.name}: ${nearest.why ?? ''}.` : '' }
}
