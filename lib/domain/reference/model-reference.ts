/** What a pasted model reference turned out to be. Zod-free: the form parses on every key. */

export const REFERENCE_KINDS = ['git', 'dvc', 'gto', 'mlflow', 'hugging-face', 'wandb', 'oci', 'object-store', 'hosted', 'url', 'unknown'] as const
export type ReferenceKind = (typeof REFERENCE_KINDS)[number]

export const KIND_NAMES: Readonly<Record<ReferenceKind, string>> = {
  git: 'Git', dvc: 'DVC', gto: 'DVC tag (GTO)', mlflow: 'MLflow', 'hugging-face': 'Hugging Face', wandb: 'Weights & Biases', oci: 'OCI image',
  'object-store': 'Object store', hosted: 'Hosted API model', url: 'URL', unknown: 'Not recognised',
}

/** What would pin a reference that can move. */
export type DigestField = 'commit' | 'md5' | 'image-digest' | 'sha256' | 'object-version' | 'provider-version'

export interface ModelReference {
  /** As pasted, trimmed. */
  readonly raw: string
  readonly kind: ReferenceKind
  /** Short form for screens: "fraud 7 in MLflow", never longer than 120 characters. */
  readonly label: string
  /** Whether it names the same bytes for ever (for a hosted model: the provider's dated version). */
  readonly pinned: boolean
  /** One sentence on what can move, and what to do. Absent when pinned. */
  readonly warning?: string
  /** Why it may not be registered at all: empty, too long, hidden characters, a password in it, a scheme that runs. */
  readonly problem?: string
  /** The named pieces: repository, revision, name, version, digest, path … */
  readonly parts: Readonly<Record<string, string>>
  /** Which digest to ask for beside it. Absent when pinned. */
  readonly suggestedDigestField?: DigestField
}

/** What one family's reader found. */
export interface Found {
  readonly kind: ReferenceKind
  readonly label: string
  readonly parts: Readonly<Record<string, string>>
  /** Null when pinned. */
  readonly moves: { readonly warning: string; readonly field: DigestField } | null
}

const COMMIT = /^[0-9a-f]{40}$/i

/** Whether the word is a whole commit hash; a short one may become ambiguous and does not count. */
export function isCommit(word: string): boolean {
  return COMMIT.test(word)
}

/** The first twelve characters of a hash, for labels. */
export function shortHash(hash: string): string {
  return hash.replace(/^(sha256|md5):/, '').slice(0, 12)
}

/** Drops the pieces that are empty. */
export function pieces(all: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])))
}

/** The sentence about a revision that can move, by what it looks like. */
export function movingRevision(revision: string | undefined): string {
  if (revision === undefined || revision === '') return 'No revision is named, so the default branch counts and moves. Add the commit.'
  if (/^[0-9a-f]{7,39}$/i.test(revision)) return `${revision} is a shortened commit, which can become ambiguous. Add the whole one.`
  return `${revision} is a branch or tag and can move. Add the commit that it points at today.`
}
