/** The questions that need no form of their own: one text, sometimes a date, and the command that they become. */
import type { Ask } from '@/components/release/dialog-request'
import type { ActionView, GateView, ItemView, ReleaseView, SignOffView } from '@/lib/domain/release/view'

const REASON = 'Reason'

export function askReject(gate: GateView): Ask {
  return {
    title: `Reject gate ${gate.number} ${gate.name}`, confirm: 'Reject', look: 'danger', label: REASON, hint: 'What has to change before you would sign. Everyone sees it.',
    description: 'The gate is held until you withdraw this, a lead of your team overrides it, or all other leads do together. It does not end the release.',
    build: (reason) => ({ type: 'reject', gateId: gate.id, reason }),
  }
}

export function askReopen(gate: GateView): Ask {
  return {
    title: `Reopen gate ${gate.number} ${gate.name}`, confirm: 'Reopen', label: REASON, description: 'Its sign-offs are withdrawn; gates that need it wait again.',
    build: (reason) => ({ type: 'reopen-gate', gateId: gate.id, reason }),
  }
}

export function askWithdraw(gate: GateView, signOff: SignOffView): Ask {
  return {
    title: `Withdraw the sign-off of ${signOff.by.name}`, confirm: 'Withdraw', look: 'danger', label: REASON, description: `Gate ${gate.number} ${gate.name}. The sign-off stays in the record, marked as withdrawn.`,
    build: (reason) => ({ type: 'withdraw-sign-off', gateId: gate.id, signOffId: signOff.id, reason }),
  }
}

export function askLift(gate: GateView, rejectionId: string, how: 'withdraw' | 'override'): Ask {
  const type = how === 'withdraw' ? 'withdraw-rejection' : 'override-rejection'
  return {
    title: how === 'withdraw' ? 'Withdraw your rejection' : 'Override the rejection', confirm: how === 'withdraw' ? 'Withdraw' : 'Override', label: REASON,
    description: how === 'withdraw' ? 'The gate goes on from where it was.' : 'A lead of the rejecting team overrides alone; leads of the other teams do it together, each once.',
    build: (reason) => ({ type, gateId: gate.id, rejectionId, reason }),
  }
}

export function askWaiver(item: ItemView): Ask {
  return {
    title: `Ask to waive ${item.id}`, description: item.title, confirm: 'Ask for the waiver', label: REASON, hint: 'Why the release may go on without it, and what covers the risk meanwhile.',
    until: { label: 'Covers it until', days: 30, hint: 'After that the gate opens again, also in the middle of a rollout.' },
    build: (reason, until) => ({ type: 'request-waiver', itemId: item.id, reason, until }),
  }
}

export function askEndWaiver(item: ItemView): Ask {
  return { title: `End the waiver of ${item.id}`, description: item.title, confirm: 'End the waiver', label: REASON, build: (reason) => ({ type: 'end-waiver', itemId: item.id, reason }) }
}

export function askNotApplicable(item: ItemView): Ask {
  return {
    title: `${item.id} does not apply`, description: `${item.title}. Someone else, from another team, has to counter-sign; it is counted with the waivers.`, confirm: 'Mark as not applicable', label: REASON,
    build: (reason) => ({ type: 'mark-not-applicable', itemId: item.id, reason }),
  }
}

export function askRemoveEvidence(item: ItemView, evidenceId: string, title: string): Ask {
  return { title: `Remove “${title}”`, description: `Evidence of ${item.id}. It stays in the record; sign-offs that rested on it become stale.`, confirm: 'Remove', look: 'danger', label: REASON, build: (reason) => ({ type: 'remove-evidence', itemId: item.id, evidenceId, reason }) }
}

export const ASK_HOLD: Ask = {
  title: 'Put on hold', confirm: 'Hold', label: REASON, description: 'No step is taken until it is resumed. Gates can still be worked, and a roll-back is never refused.',
  build: (reason) => ({ type: 'hold', reason, checkInId: null }),
}

export const ASK_RESUME: Ask = { title: 'Resume', confirm: 'Resume', look: 'primary', label: REASON, hint: 'What has changed since the hold.', build: (reason) => ({ type: 'resume', reason }) }

export const ASK_CANCEL: Ask = {
  title: 'Cancel the release', confirm: 'Cancel the release', look: 'danger', label: REASON, description: 'The release ends here and its record stays. It counts neither as a failure nor as stable.',
  build: (reason) => ({ type: 'cancel', reason, as: 'cancelled' }),
}

export const ASK_SUPERSEDE: Ask = { ...ASK_CANCEL, title: 'Mark as superseded', confirm: 'Mark as superseded', label: 'By what, and why', build: (reason) => ({ type: 'cancel', reason, as: 'superseded' }) }

/** Rule 14: one line, one person. */
export function askRollBack(view: ReleaseView): Ask {
  const to = view.lastStable?.label
  return {
    title: to ? `Roll back to ${to}` : 'Switch off', confirm: 'Roll back now', look: 'danger', label: 'What is wrong, in one line', isOneLine: true,
    description: `Starts at once, and nothing can refuse it. ${view.candidate.label} is held for ${view.environment.name} until the cause is written down, which is due in 24 h.`,
    build: (reason) => ({ type: 'roll-back', reason }),
  }
}

export function askConfirmRolledBack(view: ReleaseView): Ask {
  return {
    title: 'Confirm that it is rolled back', confirm: 'It is rolled back', label: 'What you saw', hint: 'Where you looked, and what serves the traffic now.', look: 'primary',
    description: view.rollBack?.to ? `No traffic on ${view.candidate.label}; ${view.rollBack.to} serves ${view.environment.name}.` : `No traffic on ${view.candidate.label}.`,
    build: (note) => ({ type: 'confirm-rolled-back', note }),
  }
}

export function askConfirmLive(view: ReleaseView): Ask {
  const step = view.steps.find((one) => one.status === 'asked')
  const share = view.standingDown ? 0 : (step?.share ?? 0)
  return {
    title: `Confirm ${share} %`, confirm: `${share} % is live`, label: 'What you saw', hint: 'Where you looked. The metric or the pipeline may say it too; then nobody has to.', look: 'primary',
    build: (note) => ({ type: 'confirm-live', note }),
  }
}

export const ASK_END_SOAK: Ask = { title: 'End the soak early', confirm: 'End the soak', label: REASON, description: 'Recorded as a decision. The next step still needs its gate.', build: (reason) => ({ type: 'end-soak', reason }) }

export const ASK_STAND_DOWN: Ask = {
  title: 'Stand down', confirm: 'Stand down', label: REASON, description: 'Takes the candidate back to 0 % so that another release can go first. It is no failure; its soak begins again.',
  build: (reason) => ({ type: 'stand-down', reason }),
}

export function askFreezeException(freezeId: string): Ask {
  return {
    title: 'Grant an exception from the freeze', confirm: 'Grant the exception', label: REASON, until: { label: 'Holds until', days: 1 }, description: 'For this release only. Recorded as a decision.',
    build: (reason, until) => ({ type: 'grant-freeze-exception', freezeId, until, reason }),
  }
}

export function askFixContained(must: { releaseId: string; code: string; label: string }): Ask {
  return {
    title: `State that ${must.label} is contained`, confirm: 'It contains the fix', label: 'How you know', description: `${must.code} became stable meanwhile. Without this, or a new candidate, the rollout would undo it.`, look: 'primary',
    build: (note) => ({ type: 'state-fix-contained', releaseId: must.releaseId, note }),
  }
}

export function askCompleteAction(action: ActionView): Ask {
  const isCause = action.source === 'roll-back'
  return {
    title: 'Close the action', description: action.title, confirm: 'Close it', label: isCause ? 'The cause, and the options' : 'What was done', isOptional: !isCause, look: 'primary',
    build: (note) => ({ type: 'complete-action', actionId: action.id, note }),
  }
}

export function askDecline(proposalId: string): Ask {
  return { title: 'Decline the change', confirm: 'Decline', label: REASON, build: (reason) => ({ type: 'decline-change', proposalId, reason }) }
}

/** Reminds everyone of the teams that hold the ball: a comment that mentions them, so that it reaches them where mentions do. */
export function askRemind(view: ReleaseView, gate: GateView, teams: readonly string[]): Ask {
  const people = view.people.filter((person) => person.id !== view.viewer.personId && person.teams.some((team) => teams.includes(team))).slice(0, 30)
  const names = teams.map((id) => view.teams.find((team) => team.id === id)?.name ?? id).join(' and ')
  return {
    title: `Remind ${names}`, confirm: 'Send the reminder', label: 'Message', look: 'primary', start: `Gate ${gate.number} ${gate.name} waits for you.`,
    description: people.length > 0 ? `A comment on the gate that mentions ${people.map((person) => person.name).join(', ')}.` : 'A comment on the gate; nobody is in the team yet.',
    build: (text) => ({ type: 'comment', commentId: crypto.randomUUID(), gateId: gate.id, itemId: null, text, mentions: people.map((person) => person.id) }),
  }
}
