/** The one policy table: which role may do which command of which aggregate. A command without a row here can be done by nobody. */

import type { TokenScope } from '@/lib/domain/actor'

/**
 * Who a row of the table lets through; any one grant is enough.
 * - `viewer` any signed-in person, `member` in any team, `lead` leads any team, `admin` of the installation
 * - `team-member`, `team-lead` of one of the teams that the action concerns; `team-delegate` stands for one of their members
 * - `other-member`, `other-lead` of a team that the action does not concern
 * - `ops` a member of the operations team; `self` the person whom it is about; `named` a person named for it (on-call, author, assignee)
 * - `system` the product itself; `scope:*` a pipeline's token with that scope
 */
export type Grant =
  | 'viewer' | 'member' | 'lead' | 'admin'
  | 'team-member' | 'team-lead' | 'team-delegate' | 'other-member' | 'other-lead'
  | 'ops' | 'self' | 'named' | 'system'
  | `scope:${TokenScope}`

export interface PolicyRow {
  /** The action as a verb phrase that completes "Only … may …". */
  readonly to: string
  readonly by: readonly Grant[]
}

/** Leads of any team and admins look after what all teams share. */
const STEWARDS = ['lead', 'admin'] as const

/**
 * Rows are named `<aggregate>.<command>`. What depends on state (quorum, separation, open gates) is the business of `decide`;
 * a row says only who may try. Admins do not stand for a team (PRODUCT rule 19): break-glass has its own row.
 */
export const POLICY = {
  'installation.set-up': { to: 'set up the installation', by: ['system'] },
  'installation.rename': { to: 'rename the installation', by: ['admin'] },
  'installation.add-team': { to: 'add a team', by: ['admin'] },
  'installation.change-team': { to: 'change a team', by: ['team-lead', 'admin'] },
  'installation.archive-team': { to: 'archive a team', by: ['admin'] },
  'installation.restore-team': { to: 'restore a team', by: ['admin'] },
  'installation.propose-separation': { to: 'propose a change of the separation policy', by: STEWARDS },
  'installation.confirm-separation': { to: 'confirm a change of the separation policy', by: STEWARDS },
  'installation.withdraw-separation': { to: 'withdraw the proposed separation policy', by: STEWARDS },
  'installation.map-group': { to: 'map a group of the identity provider to a team', by: ['admin'] },
  'installation.unmap-group': { to: 'remove the mapping of a group', by: ['admin'] },
  'installation.add-holidays': { to: 'add holidays', by: STEWARDS },
  'installation.remove-holidays': { to: 'remove holidays', by: STEWARDS },
  'installation.configure-status': { to: 'change what the status page shows', by: ['admin'] },
  'installation.set-status-link': { to: 'make the link of the internal status page', by: ['admin'] },
  'installation.revoke-status-link': { to: 'revoke the link of the internal status page', by: ['admin'] },

  // Notes of what the product has just done for somebody: who could post them would put into the log what never happened.
  'installation.note-evidence-pack': { to: 'note an evidence pack that was made', by: ['system'] },
  'installation.note-checkpoint-key': { to: 'note a signing key that was made', by: ['system'] },

  'record.read': { to: 'see how the record stands', by: ['viewer'] },
  'record.check': { to: 'verify the record', by: STEWARDS },
  'record.checkpoint': { to: 'make a checkpoint', by: STEWARDS },
  'record.replace-key': { to: 'replace the key that signs checkpoints', by: ['admin'] },
  'secret.look-after': { to: 'see what no present secret opens, and give it up', by: ['admin'] },
  'evidence-pack.release': { to: 'make the evidence pack of a release', by: ['member', 'admin'] },
  'evidence-pack.period': { to: 'make the evidence pack of a period', by: STEWARDS },

  'person.register': { to: 'invite people', by: ['admin', 'system'] },
  'person.join': { to: 'accept an invitation', by: ['system'] },
  'person.rename': { to: 'change this name', by: ['self', 'admin'] },
  'person.set-memberships': { to: 'change who is in a team', by: ['admin', 'team-lead', 'system'] },
  'person.set-admin': { to: 'make or unmake admins', by: ['admin'] },
  'person.archive': { to: 'archive a person', by: ['admin'] },
  'person.restore': { to: 'restore a person', by: ['admin'] },
  'person.delegate': { to: 'name a delegate for this person', by: ['self'] },
  'person.end-delegation': { to: 'end this delegation', by: ['self', 'admin'] },
  'person.set-preferences': { to: 'change these preferences', by: ['self'] },
  'person.set-notices': { to: 'change what reaches this person', by: ['self'] },
  'person.read-mail': { to: 'see which e-mails to people did not arrive', by: ['admin'] },
  'person.resend-mail': { to: 'send an e-mail to this person again', by: ['self', 'admin'] },
  'person.reset-link': { to: 'make a link that sets a new password', by: ['admin'] },
  'person.end-sessions': { to: 'sign this person out everywhere', by: ['self', 'admin'] },
  'person.erase': { to: 'erase the words and the name of a person', by: ['admin'] },

  'token.create': { to: 'create an API token', by: STEWARDS },
  'token.revoke': { to: 'revoke this token', by: ['named', 'lead', 'admin'] },
  'token.read': { to: 'see the API tokens', by: STEWARDS },

  'model.register': { to: 'register a model', by: ['member'] },
  'model.change': { to: 'change this model', by: ['team-member', 'lead'] },
  'model.register-version': { to: 'register a version', by: ['member', 'scope:evidence'] },
  'model.withdraw-version': { to: 'withdraw a version', by: ['named', 'team-member', 'lead'] },
  'model.archive': { to: 'archive this model', by: ['team-lead', 'admin'] },
  'model.restore': { to: 'restore this model', by: ['team-lead', 'admin'] },
  'model.attach-document': { to: 'attach a document', by: ['member', 'scope:evidence'] },
  'model.change-document': { to: 'change a document', by: ['member'] },
  'model.detach-document': { to: 'detach a document', by: ['named', 'team-member', 'lead'] },
  'model.review-document': { to: 'mark a document as reviewed by the team', by: ['team-member'] },

  'environment.register': { to: 'register an environment', by: ['ops', 'lead', 'admin'] },
  'environment.change': { to: 'change an environment', by: ['ops', 'lead', 'admin'] },
  'environment.archive': { to: 'archive an environment', by: STEWARDS },
  'environment.restore': { to: 'restore an environment', by: STEWARDS },
  'environment.add-freeze': { to: 'declare a freeze', by: ['ops', 'lead', 'admin'] },
  'environment.end-freeze': { to: 'end a freeze', by: ['ops', 'lead', 'admin'] },
  'environment.grant-exception': { to: 'grant an exception from a freeze', by: ['other-lead'] },

  'source.register': { to: 'register a metrics source', by: ['admin'] },
  'source.change': { to: 'change a metrics source', by: ['admin'] },
  'source.archive': { to: 'archive a metrics source', by: ['admin'] },
  'source.restore': { to: 'restore a metrics source', by: ['admin'] },
  'source.test': { to: 'test a metrics source', by: STEWARDS },

  'live.adopt': { to: 'record what is live today', by: ['lead'] },
  'live.lift-hold': { to: 'lift the hold of a version', by: ['ops', 'lead'] },
  'live.change-watch': { to: 'change the standing watch', by: ['ops', 'lead'] },
  'live.answer': { to: 'answer a turn of the standing watch', by: ['member'] },
  'live.evaluate': { to: 'record a verdict', by: ['system'] },
  'live.record-alert': { to: 'hand in alerts', by: ['scope:alert'] },
  'live.set-alerting': { to: 'choose which alerts belong here', by: ['ops', 'lead'] },
  'live.dismiss-proposal': { to: 'dismiss a proposed roll-back', by: ['ops', 'lead'] },
  'live.review': { to: 'record a review', by: ['member'] },
  'live.post-feedback': { to: 'post what the labels say', by: ['member', 'scope:evidence'] },

  'template.create': { to: 'create a template', by: [...STEWARDS, 'system'] },
  'template.revise': { to: 'revise a template', by: STEWARDS },
  'template.archive': { to: 'archive a template', by: STEWARDS },
  'template.restore': { to: 'restore a template', by: STEWARDS },

  'release.open': { to: 'open a release', by: ['member'] },
  'release.change': { to: 'change this release', by: ['member'] },
  'release.replace-candidate': { to: 'replace the candidate', by: ['member'] },
  'release.work': { to: 'work on the items of this gate', by: ['member'] },
  'release.set-value': { to: 'set a value', by: ['member', 'scope:evidence'] },
  'release.add-evidence': { to: 'add evidence', by: ['member', 'scope:evidence'] },
  'release.comment': { to: 'comment', by: ['member'] },
  'release.sign-off': { to: 'sign off this gate', by: ['team-member', 'team-delegate'] },
  'release.counter-sign': { to: 'counter-sign', by: ['member'] },
  'release.withdraw': { to: 'withdraw this sign-off', by: ['self'] },
  'release.reject': { to: 'reject this gate', by: ['team-member', 'team-delegate'] },
  'release.override-rejection': { to: 'override this rejection', by: ['lead'] },
  'release.request-waiver': { to: 'ask for a waiver', by: ['member'] },
  'release.approve-waiver': { to: 'approve this waiver', by: ['other-lead'] },
  'release.approve-waiver-small-team': { to: 'approve this waiver', by: ['member'] },
  'release.mark-not-applicable': { to: 'mark an item as not applicable', by: ['member'] },
  'release.reopen': { to: 'reopen this gate', by: ['team-member', 'lead'] },
  'release.inherit': { to: 'affirm an inherited gate', by: ['team-member', 'team-delegate'] },
  'release.decide': { to: 'record a decision', by: ['member'] },
  'release.go': { to: 'record the go or no-go', by: ['team-member', 'team-delegate'] },
  'release.confirm-decision': { to: 'say whether a decision held', by: ['member'] },
  'release.hold': { to: 'put this release on hold', by: ['member'] },
  'release.resume': { to: 'resume this release', by: ['member'] },
  'release.cancel': { to: 'cancel this release', by: ['member'] },
  'release.start-rollout': { to: 'start the rollout', by: ['ops'] },
  'release.advance': { to: 'take the next step of the rollout', by: ['ops'] },
  'release.confirm-live': { to: 'confirm what is live', by: ['ops', 'named', 'scope:observe'] },
  'release.stand-down': { to: 'stand this release down', by: ['ops', 'named'] },
  'release.roll-back': { to: 'roll back', by: ['ops', 'named'] },
  'release.end-soak': { to: 'end a soak early', by: ['lead'] },
  'release.break-glass': { to: 'break the glass', by: ['admin'] },
  'release.evaluate': { to: 'record a verdict', by: ['system'] },
  'release.record-alert': { to: 'hand in alerts', by: ['scope:alert'] },
  'release.set-alerting': { to: 'choose which alerts belong here', by: ['ops', 'lead'] },
  'release.dismiss-proposal': { to: 'dismiss a proposed roll-back', by: ['ops', 'lead', 'named'] },
  'release.own-query': { to: 'write an own query', by: STEWARDS },
  'release.change-rule': { to: 'change the rule of an item', by: ['team-member', 'lead'] },
  'release.adopt-template': { to: 'adopt a newer template', by: ['member'] },
  'release.may-proceed': { to: 'ask whether a release may proceed', by: ['viewer', 'scope:ask'] },

  'check-in.open': { to: 'open a check-in', by: ['member'] },
  'check-in.run': { to: 'run a check-in', by: ['member'] },
  'check-in.note': { to: 'take notes', by: ['member'] },
  'check-in.close': { to: 'close a check-in', by: ['member'] },
  'check-in.answer': { to: 'answer for the team', by: ['team-member'] },
  'check-in.turn': { to: 'open or close a check-in by the clock', by: ['system'] },

  'series.plan': { to: 'plan a series of check-ins', by: ['member'] },
  'series.open': { to: 'open an occurrence of a series', by: ['member', 'system'] },
  'series.settle': { to: 'settle a series by the clock', by: ['system'] },

  'destination.create': { to: 'add a destination', by: STEWARDS },
  'destination.change': { to: 'change a destination', by: ['team-lead', 'admin'] },
  'destination.test': { to: 'send a test message', by: STEWARDS },
  'destination.replay': { to: 'send a failed message again', by: STEWARDS },
  'destination.archive': { to: 'remove a destination', by: ['team-lead', 'admin'] },

  'incident.open': { to: 'write an incident', by: ['ops', 'lead', 'admin'] },
  'incident.tell': { to: 'tell on an incident', by: ['ops', 'lead', 'admin'] },
  'incident.withdraw': { to: 'withdraw an incident', by: ['ops', 'lead', 'admin'] },
  'incident.read': { to: 'see the incidents', by: ['viewer'] },
} as const satisfies Record<string, PolicyRow>

export type ActionName = keyof typeof POLICY
