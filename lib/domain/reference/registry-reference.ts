/** Reads references of model registries and hubs: MLflow, Hugging Face, Weights & Biases. */
import { isCommit, movingRevision, pieces, shortHash, type Found } from './model-reference'

/** `models:/name/7`, `models:/name@alias`, `models:/m-<id>`, `runs:/<run>/path`. */
export function readMlflow(raw: string): Found | null {
  const run = /^runs:\/(?<run>[0-9a-f]{32})\/(?<path>.+)$/i.exec(raw)?.groups
  if (run) {
    return { kind: 'mlflow', label: `run ${(run['run'] ?? '').slice(0, 8)} ${run['path'] ?? ''}`, parts: pieces({ run: run['run'], path: run['path'] }), moves: null }
  }
  const body = /^models:\/+(?<body>.+)$/i.exec(raw)?.groups?.['body']
  if (body === undefined) return null
  if (/^m-[0-9a-f]{16,}$/i.test(body)) return { kind: 'mlflow', label: `logged model ${body}`, parts: { loggedModel: body }, moves: null }
  const alias = /^(?<name>[^@]+)@(?<alias>[^@/]+)$/.exec(body)?.groups
  if (alias) {
    return moving(alias['name'], `@${alias['alias'] ?? ''}`, { alias: alias['alias'] }, `The alias ${alias['alias'] ?? ''} can be set to another version. Use models:/${alias['name'] ?? ''}/<number>.`)
  }
  const cut = body.lastIndexOf('/')
  const name = cut > 0 ? body.slice(0, cut) : body
  const version = cut > 0 ? body.slice(cut + 1) : ''
  if (/^\d+$/.test(version)) return { kind: 'mlflow', label: `${name} ${version}`, parts: { name, version }, moves: null }
  if (version === '') return moving(name, '', {}, `No version is named. Use models:/${name}/<number>.`)
  const what = version.toLowerCase() === 'latest' ? 'latest moves with every new version' : `${version} is a stage, which moves (and which MLflow has deprecated)`
  return moving(name, version, { stage: version }, `${what}. Use models:/${name}/<number>.`)
}

function moving(name: string | undefined, version: string, extra: Readonly<Record<string, string | undefined>>, warning: string): Found {
  return { kind: 'mlflow', label: `${name ?? ''} ${version}`.trim(), parts: pieces({ name, ...extra }), moves: { warning: capital(warning), field: 'sha256' } }
}

const HUB_NAME = /^[\w][\w.-]*\/[\w][\w.-]*$/

/** `org/model@revision`, `hf://…`, `https://huggingface.co/org/model/tree/<revision>`. */
export function readHuggingFace(raw: string): Found | null {
  const web = /^https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/(?<kind>datasets\/|spaces\/)?(?<name>[\w.-]+\/[\w.-]+)(?:\/(?:tree|blob|resolve|commit)\/(?<revision>[^/?#]+)(?:\/(?<path>[^?#]*))?)?\/?(?:[?#].*)?$/i.exec(raw)?.groups
  if (web) return hub(web['name'] ?? '', web['revision'], web['path'], web['kind'])
  const own = /^hf:\/\/(?<kind>datasets\/|spaces\/)?(?<name>[\w.-]+\/[\w.-]+?)(?:@(?<revision>[^/]+))?(?:\/(?<path>.+))?$/i.exec(raw)?.groups
  if (own) return hub(own['name'] ?? '', own['revision'], own['path'], own['kind'])
  const [name = '', revision, more] = raw.split('@')
  if (more !== undefined || !HUB_NAME.test(name) || name.split('/')[0]?.includes('.')) return null
  return hub(name, revision === '' ? undefined : revision)
}

function hub(name: string, revision: string | undefined, path?: string, collection?: string): Found {
  const isPinned = revision !== undefined && isCommit(revision)
  return {
    kind: 'hugging-face',
    label: `${name} at ${isPinned ? shortHash(revision) : (revision ?? 'main')}`,
    parts: pieces({ name, revision, path, collection: collection?.replace('/', '') }),
    moves: isPinned ? null : { warning: movingRevision(revision), field: 'commit' },
  }
}

/** `entity/project/artifact:v3`, `wandb-registry-<registry>/<collection>:v3`, `wandb-artifact://…`, `https://wandb.ai/…/artifacts/…`. */
export function readWandb(raw: string): Found | null {
  const web = /^https?:\/\/(?:[\w-]+\.)?wandb\.ai\/(?<entity>[\w.-]+)\/(?<project>[\w.-]+)\/artifacts\/(?<type>[\w.-]+)\/(?<name>[\w.-]+)(?:\/(?<version>[\w.-]+))?/i.exec(raw)?.groups
  if (web) return artifact(web['entity'], web['project'], web['name'], web['version'])
  const body = raw.replace(/^wandb(?:-artifact)?:\/{2,3}/i, '')
  const hasScheme = body !== raw
  const groups = /^(?:(?<entity>[\w.-]+)\/)?(?<project>[\w.-]+)\/(?<name>[\w.-]+)(?::(?<version>[\w.-]+))?$/.exec(body)?.groups
  if (!groups) return null
  const { entity, project = '', name, version } = groups
  const isRegistry = project.startsWith('wandb-registry-')
  if (!hasScheme && !isRegistry && (entity === undefined || version === undefined || /[.]/.test(entity))) return null
  return artifact(entity, project, name, version)
}

function artifact(entity: string | undefined, project: string | undefined, name = '', version?: string): Found {
  const isPinned = version !== undefined && /^v\d+$/.test(version)
  const warning = version === undefined ? 'No version is named, so latest counts and moves. Use a number such as :v3.' : `The alias ${version} can move to another version. Use a number such as :v3.`
  return {
    kind: 'wandb', label: `${name}${version === undefined ? '' : ` ${version}`}`, parts: pieces({ entity, project, name, version }),
    moves: isPinned ? null : { warning, field: 'sha256' },
  }
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
