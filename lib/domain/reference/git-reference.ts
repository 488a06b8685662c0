/** Reads references that live in Git: repositories, files under DVC, and GTO tags. */
import { isCommit, movingRevision, pieces, shortHash, type Found } from './model-reference'

const GTO = /^(?:(?<folder>[\w./-]+)[=:])?(?<name>[A-Za-z][\w-]*)(?:@(?<version>v\d+(?:\.\d+){0,2}(?:-[\w.]+)?)|#(?<stage>[A-Za-z][\w-]*?)(?:[#-](?<count>\d+))?)$/
const MD5 = /\bmd5[:=]\s*(?<md5>[0-9a-f]{32}(?:\.dir)?)\b/i
const HOSTS = /^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)$/i
const MOVES = 'A Git tag can be moved.'

/** A GTO tag such as `churn@v3.1.1` or `churn#prod#2`: always moving, since it is a Git tag. */
export function readGto(raw: string): Found | null {
  const groups = GTO.exec(raw)?.groups
  if (!groups) return null
  const { folder, name, version, stage, count } = groups
  return {
    kind: 'gto',
    label: `${name ?? ''} ${version ?? `in stage ${stage ?? ''}`}`,
    parts: pieces({ folder, name, version, stage, count }),
    moves: { warning: stage === undefined ? `${MOVES} Add the commit that it points at.` : 'A stage says where a version is used, and moves. Add the commit that it points at.', field: 'commit' },
  }
}

/** A file under DVC: a `.dvc` path or an md5, with the repository and revision where given. */
export function readDvc(raw: string): Found | null {
  const md5 = MD5.exec(raw)?.groups?.['md5']?.toLowerCase()
  const body = raw.replace(MD5, ' ').replace(/^dvc:(\/\/)?/i, '').trim()
  if (md5 === undefined && !/\.dvc(?:$|[\s@?#])/i.test(body) && !/^dvc:/i.test(raw) && !/(^|\/)dvc\.lock\b/.test(body)) return null
  const [address = '', path] = splitPath(body)
  const { base, revision } = splitRevision(address)
  const isPinned = md5 !== undefined || (revision !== undefined && isCommit(revision))
  const name = lastPiece(path ?? base) || 'data'
  return {
    kind: 'dvc',
    label: md5 === undefined ? `${name}${revision === undefined ? '' : ` at ${isCommit(revision) ? shortHash(revision) : revision}`}` : `${name} md5 ${shortHash(md5)}`,
    parts: pieces({ repository: base, revision, path, md5 }),
    moves: isPinned ? null : { warning: movingRevision(revision), field: 'md5' },
  }
}

/** A repository with a revision: web address of a commit, branch, tag or file; clone address with `@revision`; or a bare commit. */
export function readGit(raw: string): Found | null {
  if (isCommit(raw)) return made('commit', raw)
  const url = webAddress(raw)
  if (url) return url
  const isClone = /^(?:git\+|git:\/\/|ssh:\/\/|git@)/i.test(raw) || /\.git(?:@|#|$)/i.test(raw) || /^(?:github\.com|gitlab\.com|bitbucket\.org)\//i.test(raw)
  if (!isClone) return null
  const [address = '', path] = splitPath(raw.replace(/^git\+/i, ''))
  const { base, revision } = splitRevision(address)
  return made(lastPiece(base).replace(/\.git$/i, ''), revision, base, path)
}

function webAddress(raw: string): Found | null {
  const url = /^https?:\/\//i.test(raw) ? safeUrl(raw) : null
  if (!url || !HOSTS.test(url.hostname)) return null
  const [owner, repository, ...rest] = url.pathname.split('/').filter((piece) => piece !== '')
  if (owner === undefined || repository === undefined) return null
  const { base: name, revision: after } = splitRevision(repository)
  const words = rest[0] === '-' ? rest.slice(1) : rest
  const [what, ...tail] = words
  const revision = after ?? (what === 'releases' && tail[0] === 'tag' ? tail.slice(1).join('/') : what !== undefined && ['commit', 'commits', 'tree', 'blob', 'tags', 'src'].includes(what) ? tail[0] : undefined)
  const path = what === 'blob' || what === 'tree' || what === 'src' ? tail.slice(1).join('/') : ''
  return made(name.replace(/\.git$/i, ''), revision, `${url.origin}/${owner}/${name}`, path)
}

function made(name: string, revision: string | undefined, repository?: string, path?: string): Found {
  const isPinned = revision !== undefined && isCommit(revision)
  const at = revision === undefined ? '' : ` at ${isPinned ? shortHash(revision) : revision}`
  return {
    kind: 'git', label: `${name}${at}`, parts: pieces({ repository, revision, path }),
    moves: isPinned ? null : { warning: movingRevision(revision), field: 'commit' },
  }
}

function safeUrl(raw: string): URL | null {
  return URL.canParse(raw) ? new URL(raw) : null
}

/** `repo@rev#path` or `repo@rev:path` or `repo@rev path` in two. */
function splitPath(body: string): readonly [string, string | undefined] {
  const space = /^(\S+)\s+(.+)$/.exec(body) ?? /^([^#]+)#(.+)$/.exec(body) ?? /^(?!ssh:)(.+\/.+@[^/:@]+):(.+)$/.exec(body)
  return space ? [space[1] ?? '', space[2]?.trim()] : [body, undefined]
}

/** `base@revision`; the at-sign of `git@host` belongs to the base. */
function splitRevision(address: string): { base: string; revision: string | undefined } {
  const at = address.lastIndexOf('@')
  if (at <= 0 || /^(?:ssh:\/\/)?\w+$/.test(address.slice(0, at)) && /[:/]/.test(address.slice(at))) return { base: address, revision: undefined }
  return { base: address.slice(0, at), revision: address.slice(at + 1) || undefined }
}

function lastPiece(path: string): string {
  return path.split(/[/:]/).filter((piece) => piece !== '').at(-1) ?? ''
}
