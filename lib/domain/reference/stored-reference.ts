/** Reads references to stored or hosted things: OCI images, object stores, hosted API models, plain addresses. */
import { pieces, shortHash, isCommit, type Found } from './model-reference'

const OCI = /^(?:(?:oci|docker):\/\/)?(?<name>(?:(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d+)?)\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/i

/** `registry/repo:tag`, `registry/repo@sha256:…`. Without a digest it needs a scheme, or a registry's host, to be told from other names. */
export function readOci(raw: string): Found | null {
  const groups = OCI.exec(raw)?.groups
  if (!groups) return null
  const { name = '', tag, digest } = groups
  const host = name.split('/')[0] ?? ''
  const hasHost = name.includes('/') && (host.includes('.') || host.includes(':') || host === 'localhost')
  if (digest === undefined && !/^(?:oci|docker):\/\//i.test(raw) && !(hasHost || (tag !== undefined && name.includes('/')))) return null
  const short = name.split('/').at(-1) ?? name
  return {
    kind: 'oci',
    label: digest === undefined ? `${short}:${tag ?? 'latest'}` : `${short}@${shortHash(digest)}`,
    parts: pieces({ name, tag, digest: digest?.toLowerCase() }),
    moves: digest === undefined ? { warning: `The tag ${tag ?? 'latest'} can be pushed again. Add the image digest (sha256:…).`, field: 'image-digest' } : null,
  }
}

/** `s3://bucket/key?versionId=…`, `gs://bucket/object#generation`, `az://…?versionid=…`. */
export function readObjectStore(raw: string): Found | null {
  const groups = /^(?<scheme>s3a?|gs|az|abfss?|minio|r2):\/\/(?<bucket>[^/?#]+)\/(?<key>[^?#]*)(?:\?(?<query>[^#]*))?(?:#(?<fragment>.*))?$/i.exec(raw)?.groups
  if (!groups) return null
  const { bucket, key = '', query = '', fragment = '' } = groups
  const scheme = (groups['scheme'] ?? '').toLowerCase()
  const named = [...new URLSearchParams(query)].find(([name]) => /^(?:versionid|generation)$/i.test(name))?.[1]
  const version = named !== undefined && named !== '' && named !== 'null' ? named : /^\d+$/.test(fragment) ? fragment : undefined
  const file = key.split('/').filter((piece) => piece !== '').at(-1) ?? bucket ?? ''
  return {
    kind: 'object-store',
    label: version === undefined ? file : `${file} version ${version.slice(0, 12)}`,
    parts: pieces({ scheme, bucket, key, version }),
    moves: version === undefined
      ? { warning: `An object can be overwritten. Add its ${scheme === 'gs' ? 'generation (#…)' : 'version id (?versionId=…)'} or the sha256 of the content.`, field: 'object-version' }
      : null,
  }
}

const PROVIDERS = [
  'openai', 'anthropic', 'azure', 'azure-openai', 'bedrock', 'vertex', 'vertex-ai', 'google', 'gemini', 'mistral', 'cohere', 'groq',
  'together', 'fireworks', 'deepseek', 'xai', 'replicate', 'openrouter', 'perplexity', 'aleph-alpha', 'watsonx', 'sagemaker',
]
const DATED = /(?:^|[-@_.])(?:20\d{2}-?\d{2}-?\d{2}|\d{4})(?:$|[-@_.:])/

/** `provider:model@version` or `provider/model@version`; a dated version is as pinned as a hosted model can be. */
export function readHosted(raw: string): Found | null {
  const groups = /^(?<provider>[a-z][a-z0-9-]*)(?<mark>[:/])(?<model>[\w.][\w./:-]*?)(?:@(?<version>[\w.:-]+))?$/i.exec(raw)?.groups
  if (!groups) return null
  const provider = (groups['provider'] ?? '').toLowerCase()
  const { mark, model = '', version } = groups
  if (!PROVIDERS.includes(provider)) return null
  // huggingface.co has organisations named like providers; a commit or a branch after the at-sign means the hub
  if (mark === '/' && version !== undefined && (isCommit(version) || version === 'main')) return null
  const isPinned = version === undefined ? DATED.test(model) : !/^(?:latest|default|stable|preview)$/i.test(version)
  return {
    kind: 'hosted', label: `${model}${version === undefined ? '' : ` ${version}`} (${provider})`, parts: pieces({ provider, model, version }),
    moves: isPinned ? null : { warning: `The provider can change what ${version ?? model} answers with. Name the dated version, as ${provider}:${model}@2026-01-31.`, field: 'provider-version' },
  }
}

/** Any other web address: its content can change, unless a sha256 stands behind it. */
export function readUrl(raw: string): Found | null {
  if (!/^https?:\/\//i.test(raw) || !URL.canParse(raw)) return null
  const url = new URL(raw)
  const sha256 = /sha256[=:]([0-9a-f]{64})/i.exec(url.hash)?.[1]?.toLowerCase()
  const last = url.pathname.split('/').filter((piece) => piece !== '').at(-1)
  return {
    kind: 'url', label: last === undefined ? url.host : `${last} at ${url.host}`, parts: pieces({ host: url.host, path: url.pathname, sha256 }),
    moves: sha256 === undefined ? { warning: 'What this address answers can change. Add the sha256 of the file.', field: 'sha256' } : null,
  }
}
