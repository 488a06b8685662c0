/** Opens a release: fills in baseline and last stable, pins template and separation policy, and refuses what could never work (PRODUCT rules 13, 15, 17). */
import type { Actor } from '@/lib/domain/actor'
import { actorId } from '@/lib/domain/actor'
import { refuse, type Outcome } from '@/lib/domain/aggregate'
import { may } from '@/lib/domain/policy'
import { freeText } from '@/lib/domain/text'
import type { CommandOf } from './commands'
import type { ReleaseEvent } from './events'
import { CANARY_FIRST, isFullTrafficLast } from './steps'
import { asksLimit, type TemplateRevision } from '@/lib/domain/template/template'
import type { ReleaseWorld } from './world'

/** Limits are for lines whose template leaves them open; what a template fixes is changed with a reason, as in any running release (rule 11). */
function faultOfLimits(template: TemplateRevision, limits: Readonly<Record<string, number>>): string | null {
  for (const itemId of Object.keys(limits)) {
    const line = template.gates.flatMap((gate) => gate.items).find((one) => one.id === itemId)
    if (!line) return `${template.name} has no item ${itemId}.`
    if (!asksLimit(line)) return `Item ${itemId} ${line.title} takes no target at the opening; change it in the release, with a reason.`
  }
  return null
}

/** Decides `open-release`. Refused: unknown parts, a held version, the version that is live already, a second release of the same version. */
export function decideOpen(world: ReleaseWorld, command: CommandOf<'open-release'>, actor: Actor, now: Date): Outcome {
  const allowed = may(actor, 'release.open', { modelId: command.modelId })
  if (allowed !== true) return { ok: false, refusal: allowed }
  if (world.release) return refuse('exists', 'A release with this id is open already.')
  const { model, version, environment, staging, template, live } = world
  if (!model || model.isArchived) return refuse('not-found', 'There is no such model, or it is archived.')
  if (!version) return refuse('not-found', 'There is no such version of this model.')
  if (!environment || environment.isArchived) return refuse('not-found', 'There is no such environment, or it is archived.')
  if (command.stagingEnvironmentId !== null && !staging) return refuse('not-found', 'There is no such staging environment.')
  if (command.stagingEnvironmentId === command.environmentId) return refuse('invalid', 'Staging and target are the same environment; choose another, or none.')
  if (!template) return refuse('not-found', 'There is no such template.')
  const held = live?.held.find((h) => h.versionId === version.id && !h.lifted)
  if (held) return refuse('blocked', `Version ${held.label} is held here since its roll-back: write the cause down on the model first (rule 14).`)
  if (live?.lastStable?.versionId === version.id) return refuse('exists', `${version.label} is the last stable version there already.`)
  const twin = world.siblings.find((s) => s.candidate.versionId === version.id && !s.stableAt)
  if (twin) return refuse('exists', `${twin.code} takes this version there already.`)
  const unknown = [...Object.values(command.owners), command.onCallId, command.rollbackPlan.deciderId].filter((id) => id !== null && !world.people.some((p) => p.id === id))
  if (unknown.length > 0) return refuse('not-found', 'One of the people named is not known here.')
  if (command.panels.some((p) => p.query !== null)) {
    const own = may(actor, 'release.own-query')
    if (own !== true) return { ok: false, refusal: own }
  }
  if (command.selectors.shareQuery !== null) {
    const own = may(actor, 'release.own-query')
    if (own !== true) return { ok: false, refusal: own }
  }
  const astray = faultOfLimits(template, command.limits ?? {})
  if (astray !== null) return refuse('invalid', astray)
  if (!isFullTrafficLast({ template }, command.steps)) return refuse('invalid', CANARY_FIRST)
  const stable = live?.lastStable ? { versionId: live.lastStable.versionId, label: live.lastStable.label, artefact: live.lastStable.artefact } : null
  if (command.rollbackPlan.way === 'last-stable' && !stable) return refuse('invalid', 'Nothing is stable there yet, so there is nothing to go back to: plan to switch off or to run degraded, and rehearse it (rule 13).')
  const { id: versionId, ...candidate } = version
  const { type: _type, modelId: _m, versionId: _v, environmentId: _e, stagingEnvironmentId, templateId: _t, rollbackPlan, feedback, ...facts } = command
  const event: ReleaseEvent = {
    type: 'release-opened', v: 1, at: now.toISOString(), by: actorId(actor),
    opening: {
      ...facts, id: world.id, code: world.nextCode, modelId: model.id, modelName: model.name,
      environmentId: environment.id, environmentName: environment.name, orchestrator: environment.orchestrator, stagingEnvironmentId,
      candidate: { versionId, ...candidate }, baseline: stable, lastStable: stable,
      template: { id: template.templateId, name: template.name, revision: template.revision, gates: template.gates, deferred: template.deferred },
      separation: world.separation[command.risk],
      rollbackPlan: { ...rollbackPlan, triggers: freeText(rollbackPlan.triggers) },
      feedback: { ...feedback, description: freeText(feedback.description) },
    },
  }
  return { ok: true, changes: [{ kind: 'release', id: world.id, events: [event] }] }
}
