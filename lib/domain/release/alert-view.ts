/** Alerts and proposed roll-backs in words, for the pages of a release and of a live version. */
import { alertKey, type Alert } from '@/lib/domain/alert/alert'
import type { AlertView } from '@/lib/domain/alert/view'
import type { ProposalView } from '@/lib/domain/live/view'
import type { FreeText } from '@/lib/domain/text'
import type { RollBackProposal } from './rollout-state'

type Say = (text: FreeText) => string

/** A proposal in words. In: the proposal, how sealed words are said, names of people by id. */
export function proposalView(one: RollBackProposal, say: Say, nameOf: (id: string) => string): ProposalView {
  return {
    id: one.id, title: one.title, reason: one.reason, since: one.since, at: one.at, query: one.verdict?.query ?? '', value: one.verdict?.value ?? null, series: one.verdict?.series ?? [], itemId: one.itemId,
    ended: one.ended && { at: one.ended.at, byName: nameOf(one.ended.by), how: one.ended.how, reason: one.ended.reason === null ? '' : say(one.ended.reason) },
  }
}

/** An alert in words. */
export function alertView(alert: Alert, say: Say): AlertView {
  return { key: alertKey(alert), name: alert.name, severity: alert.severity, summary: say(alert.summary), startsAt: alert.startsAt, endsAt: alert.endsAt, labels: alert.labels, sourceUrl: alert.sourceUrl, isProposing: alert.isProposing }
}
