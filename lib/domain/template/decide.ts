/** The rules by which templates are made and revised; who must sign is changed by two people. */
import { actorId, type Actor } from '@/lib/domain/actor'
import { accept, refuse, type Outcome } from '@/lib/domain/aggregate'
import { may } from '@/lib/domain/policy'
import type { ActionName } from '@/lib/domain/policy-table'
import { freeText } from '@/lib/domain/text'
import type { TemplateCommand } from './commands'
import { changedRules } from './difference'
import type { TemplateEvent } from './events'
import { currentRevision, type TemplateState } from './state'
import type { TemplateRevision } from './template'
import { faultsOf } from './validate'

export interface TemplateContext {
  readonly actor: Actor
  readonly now: string
  /** The id of the template, also before it exists. */
  readonly id: string
  /** Ids of the teams that are not archived; empty while the installation is being set up. */
  readonly teams: readonly string[]
}

const ACTIONS = {
  'create-template': 'template.create', 'revise-template': 'template.revise', 'confirm-revision': 'template.revise',
  'withdraw-revision': 'template.revise', 'archive-template': 'template.archive', 'restore-template': 'template.restore',
} as const satisfies Record<TemplateCommand['type'], ActionName>

/** In: the state (null before it was created), the command, who asks and when. Out: changes, or a refusal that says what to do. */
export function decideTemplate(state: TemplateState | null, command: TemplateCommand, context: TemplateContext): Outcome {
  const allowed = may(context.actor, ACTIONS[command.type])
  if (allowed !== true) return { ok: false, refusal: allowed }
  const stamp = { v: 1, at: context.now, by: actorId(context.actor) } as const
  const happened = (event: TemplateEvent) => accept({ kind: 'template', id: context.id, events: [event] })

  if (command.type === 'create-template') {
    if (state !== null) return refuse('exists', 'A template with this id exists already.')
    const content = { ...command.content, templateId: context.id, revision: 1 }
    return faulty(content, context) ?? happened({ ...stamp, type: 'template-created', content })
  }
  if (state === null) return refuse('not-found', 'There is no such template.')
  if (state.archivedAt !== null && command.type !== 'restore-template') return refuse('closed', 'This template is archived. Restore it first.')
  const current = currentRevision(state)

  switch (command.type) {
    case 'revise-template': {
      if (command.expects !== current.revision) return refuse('stale', `Revision ${current.revision} is the newest; you changed revision ${command.expects}. Read the newest one first.`)
      if (state.proposal !== null) return refuse('blocked', 'A revision is waiting for its second person. Confirm or withdraw it first.')
      const content: TemplateRevision = { ...command.content, templateId: state.id, revision: current.revision + 1 }
      const fault = faulty(content, context)
      if (fault) return fault
      const reason = freeText(command.reason)
      const rules = changedRules(current, content)
      if (rules.length === 0) return happened({ ...stamp, type: 'template-revised', content, reason })
      return happened({ ...stamp, type: 'revision-proposed', content, reason, changedRules: rules })
    }
    case 'confirm-revision': {
      if (state.proposal === null) return refuse('not-found', 'No revision is waiting for a second person.')
      if (state.proposal.by === stamp.by) return refuse('forbidden', 'You proposed this revision; another lead or admin must confirm it.')
      if (state.proposal.content.revision !== command.revision) return refuse('stale', 'The proposal is no longer the one that you saw. Read it again.')
      return happened({ ...stamp, type: 'revision-confirmed', revision: command.revision })
    }
    case 'withdraw-revision': return state.proposal === null ? refuse('not-found', 'No revision is waiting for a second person.') : happened({ ...stamp, type: 'revision-withdrawn' })
    case 'archive-template': return happened({ ...stamp, type: 'template-archived' })
    case 'restore-template': return state.archivedAt === null ? refuse('closed', 'This template is not archived.') : happened({ ...stamp, type: 'template-restored' })
  }
}

function faulty(content: TemplateRevision, context: TemplateContext): Outcome | null {
  const faults = [...faultsOf(content), ...unknownTeams(content, context.teams)]
  if (faults.length === 0) return null
  return refuse('invalid', faults.join(' '), faults.map((message) => ({ code: 'template-fault', message })))
}

function unknownTeams(content: TemplateRevision, teams: readonly string[]): readonly string[] {
  if (teams.length === 0) return []
  const named = content.gates.flatMap((gate) => [
    gate.ownerTeam, ...(gate.coOwnerTeams ?? []), ...[gate.rule, ...(gate.smallTeamRule ? [gate.smallTeamRule] : [])].flatMap((rule) => [...rule.teams.map((one) => one.team), ...(rule.chair ? [rule.chair] : [])]),
    ...gate.items.flatMap((item) => (item.ownerTeam === undefined ? [] : [item.ownerTeam])),
  ])
  return [...new Set(named)].filter((team) => !teams.includes(team)).map((team) => `There is no team “${team}”.`)
}
