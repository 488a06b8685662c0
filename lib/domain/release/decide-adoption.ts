/** Takes a newer revision of the checklist into a running release without letting what was judged stand for what was not (PRODUCT rules 1, 11, 17). */
import { refuse, type Outcome } from '@/lib/domain/aggregate'
import type { TemplateRevision } from '@/lib/domain/template/template'
import { freeText, type FreeText } from '@/lib/domain/text'
import { adoptionOf } from './adoption'
import type { CommandOf } from './commands'
import { forbidden, happened, type BareEvent, type Ruling } from './ruling'
import type { Proposal } from './state'

/** Decides `adopt-template`: at once where it asks as much or more, else by a member of another team. A reason where old lines are asked otherwise. */
export function decideTemplate(ruling: Ruling, command: CommandOf<'adopt-template'>): Outcome {
  const no = forbidden(ruling, 'release.adopt-template')
  if (no) return no
  const { template } = ruling.world
  if (!template || template.templateId !== ruling.state.template.id || template.revision !== command.revision) return refuse('not-found', `There is no revision ${command.revision} of this template.`)
  const late = notAdoptable(ruling, template.revision)
  if (late) return late
  const { state } = ruling
  const { changed, eased } = adoptionOf(state, template)
  const reason = command.reason?.trim() ?? ''
  if (changed.length + eased.length > 0 && reason === '') {
    const what = eased.length > 0 ? `it asks less (${eased.slice(0, 3).join(', ')}${eased.length > 3 ? ` and ${eased.length - 3} more` : ''})` : `${changed.map((one) => one.itemId).slice(0, 5).join(', ')} ${changed.length === 1 ? 'is' : 'are'} asked otherwise`
    return refuse('invalid', `Say why the release takes revision ${template.revision}: ${what}.`)
  }
  const { revision, name, gates, deferred } = template
  if (eased.length === 0) return happened(ruling, ...adopted(ruling, template, freeText(reason)))
  if (state.proposals.some((p) => p.change.kind === 'template')) return refuse('exists', 'A newer checklist waits for a second team already.')
  const proposal: Proposal = {
    id: ruling.freshId('proposal-template'), reason: freeText(reason), by: ruling.by, at: ruling.at,
    byTeams: ruling.actor.kind === 'person' ? ruling.actor.memberships.map((m) => m.team) : [], change: { kind: 'template', revision, name, gates, deferred, eased },
  }
  return happened(ruling, { type: 'change-proposed', proposal })
}

/** Why no other revision can be taken now, or `null`. */
export function notAdoptable({ state }: Ruling, revision: number): Outcome | null {
  if (revision <= state.template.revision) return refuse('exists', 'The release has this revision or a newer one already.')
  return state.rollout ? refuse('blocked', 'The checklist is fixed once the rollout has begun.') : null
}

/** Rules 1, 11 and 17: the new lines, and every old line that is asked otherwise begins unmeasured, with its sign-offs stale. */
export function adopted(ruling: Pick<Ruling, 'state'>, to: Pick<TemplateRevision, 'revision' | 'name' | 'gates' | 'deferred'>, reason: FreeText): readonly BareEvent[] {
  const { items } = ruling.state
  const changed = adoptionOf(ruling.state, to).changed.map((one): BareEvent => ({ type: 'item-changed', ...one, query: one.metric ? (items[one.itemId]?.query ?? null) : null, reason }))
  return [{ type: 'template-adopted', revision: to.revision, name: to.name, gates: to.gates, deferred: to.deferred }, ...changed]
}
