/** The rules by which models, versions and their documents are registered and changed. */
import { actorId, type Actor } from '@/lib/domain/actor'
import { accept, refuse, type Outcome } from '@/lib/domain/aggregate'
import { providerOf } from '@/lib/domain/document/document'
import { may, type About } from '@/lib/domain/policy'
import type { ActionName } from '@/lib/domain/policy-table'
import { freeText } from '@/lib/domain/text'
import type { ModelCommand } from './commands'
import type { ModelEvent } from './events'
import type { ModelState } from './state'
import { makeVersion } from './version'

export interface ModelContext {
  readonly actor: Actor
  readonly now: string
  /** The id of the model, also before it exists. */
  readonly id: string
  /** The other models, archived ones too: their slugs and codes stay theirs. */
  readonly others: readonly { readonly slug: string; readonly codePrefix: string }[]
  /** Ids of the teams that are not archived. */
  readonly teams: readonly string[]
  /** Codes of releases of this model that are not over. */
  readonly openReleases: readonly string[]
}

const ACTIONS = {
  'register-model': 'model.register', 'edit-model': 'model.change', 'add-version': 'model.register-version',
  'withdraw-version': 'model.withdraw-version', 'archive-model': 'model.archive', 'restore-model': 'model.restore',
  'attach-document': 'model.attach-document', 'remove-document': 'model.detach-document',
  'publish-model': 'installation.configure-status', 'publish-model-internally': 'installation.configure-status', 'review-document': 'model.review-document', 'pin-document': 'model.change-document',
} as const satisfies Record<ModelCommand['type'], ActionName>

/** In: the state (null before registration), the command, and what else it rests on. Out: changes, or a refusal that says what to do. */
export function decideModel(state: ModelState | null, command: ModelCommand, context: ModelContext): Outcome {
  const allowed = may(context.actor, ACTIONS[command.type], aboutOf(state, command, context))
  if (allowed !== true) return { ok: false, refusal: allowed }
  const stamp = { v: 1, at: context.now, by: actorId(context.actor) } as const
  const happened = (event: ModelEvent) => accept({ kind: 'model', id: context.id, events: [event] })

  if (command.type === 'register-model') {
    if (state !== null) return refuse('exists', 'A model with this id exists already.')
    if (context.others.some((other) => other.slug === command.slug)) return refuse('exists', `The slug “${command.slug}” is taken. Choose another one.`)
    const rival = context.others.find((other) => other.codePrefix === command.codePrefix)
    if (rival) return refuse('exists', `The code ${command.codePrefix} belongs to ${rival.slug}. Choose another one.`)
    const noTeam = missingTeam(context, command.ownerTeam)
    if (noTeam) return noTeam
    const { slug, name, purpose, ownerTeam, codePrefix } = command
    return happened({ ...stamp, type: 'model-registered', id: context.id, slug, name, purpose: purpose === '' ? null : freeText(purpose), ownerTeam, codePrefix })
  }
  if (state === null) return refuse('not-found', 'There is no such model.')
  if (state.archivedAt !== null && command.type !== 'restore-model') return refuse('closed', `${state.name} is archived. Restore it first.`)

  switch (command.type) {
    case 'publish-model': return happened({ ...stamp, type: 'model-published', publication: command.publication })
    case 'publish-model-internally': return happened({ ...stamp, type: 'model-published-internally', publication: command.publication })
    case 'edit-model': {
      const noTeam = missingTeam(context, command.ownerTeam)
      if (noTeam) return noTeam
      return happened({ ...stamp, type: 'model-edited', name: command.name, purpose: command.purpose === '' ? null : freeText(command.purpose), ownerTeam: command.ownerTeam })
    }
    case 'add-version': {
      if (state.versions.some((version) => version.id === command.versionId)) return refuse('exists', 'A version with this id exists already; versions never change.')
      if (state.versions.some((version) => version.label === command.label)) return refuse('exists', `${state.name} has a version “${command.label}” already; versions never change. Choose another label.`)
      const made = makeVersion(command, stamp.by, context.now)
      return made.ok ? happened({ ...stamp, type: 'version-added', version: made.version }) : refuse('invalid', made.problem)
    }
    case 'withdraw-version': {
      const version = state.versions.find((one) => one.id === command.versionId)
      if (!version) return refuse('not-found', 'There is no such version.')
      if (version.withdrawn !== null) return refuse('closed', `${version.label} is withdrawn already.`)
      return happened({ ...stamp, type: 'version-withdrawn', versionId: version.id, reason: freeText(command.reason) })
    }
    case 'archive-model': {
      if (context.openReleases.length > 0) return refuse('blocked', `${context.openReleases.join(', ')} is still open. Finish or cancel it first.`)
      return happened({ ...stamp, type: 'model-archived' })
    }
    case 'restore-model': return state.archivedAt === null ? refuse('closed', `${state.name} is not archived.`) : happened({ ...stamp, type: 'model-restored' })
    default: return decideDocument(state, command, context, happened)
  }
}

type DocumentCommand = Extract<ModelCommand, { documentId: string }>

function decideDocument(state: ModelState, command: DocumentCommand, context: ModelContext, happened: (event: ModelEvent) => Outcome): Outcome {
  const stamp = { v: 1, at: context.now, by: actorId(context.actor) } as const
  const known = state.documents.find((one) => one.id === command.documentId)
  if (command.type === 'attach-document') {
    if (known) return refuse('exists', 'A document with this id is attached already.')
    const noTeam = missingTeam(context, command.ownerTeam)
    if (noTeam) return noTeam
    const provider = providerOf(command.url)
    return happened({
      ...stamp, type: 'document-attached',
      document: {
        id: command.documentId, title: freeText(command.title), url: freeText(command.url), kind: command.kind, provider: provider.id,
        ownerTeam: command.ownerTeam, pinnedRevision: command.pinnedRevision ?? provider.pinnedRevision, reviewedBy: [], by: stamp.by, at: stamp.at,
      },
    })
  }
  if (!known) return refuse('not-found', 'There is no such document.')
  switch (command.type) {
    case 'remove-document': return happened({ ...stamp, type: 'document-removed', documentId: known.id })
    case 'review-document': return happened({ ...stamp, type: 'document-reviewed', documentId: known.id, team: command.team })
    case 'pin-document': return happened({ ...stamp, type: 'document-pinned', documentId: known.id, pinnedRevision: command.pinnedRevision })
  }
}

function aboutOf(state: ModelState | null, command: ModelCommand, context: ModelContext): About {
  const modelId = context.id
  if (command.type === 'review-document') return { modelId, teams: [command.team] }
  if (state === null) return { modelId }
  if (command.type === 'withdraw-version') {
    const author = state.versions.find((one) => one.id === command.versionId)?.registeredBy
    return { modelId, teams: [state.ownerTeam], named: author === undefined ? [] : [author] }
  }
  if (command.type === 'remove-document') {
    const document = state.documents.find((one) => one.id === command.documentId)
    return { modelId, teams: [document?.ownerTeam ?? state.ownerTeam], named: document ? [document.by] : [] }
  }
  return { modelId, teams: [state.ownerTeam] }
}

function missingTeam(context: ModelContext, team: string): Outcome | null {
  return context.teams.includes(team) ? null : refuse('not-found', `There is no team “${team}”.`)
}
