/** Makes an immutable version out of what was typed, and says its behaviour in words. */
import { digestOf, parseDigest } from '@/lib/domain/reference/digest'
import { parseReference } from '@/lib/domain/reference/parse-reference'
import type { Behaviour, ModelVersion } from './state'

export interface VersionInput {
  readonly versionId: string
  readonly label: string
  readonly artefact: string
  readonly digest: string | null
  readonly codeCommit: string | null
  readonly data: string | null
  readonly behaviour: Behaviour
}

export type MadeVersion = { readonly ok: true; readonly version: ModelVersion } | { readonly ok: false; readonly problem: string }

/**
 * In: what was typed, who registers it and when. Out: the version, or one sentence on why it cannot be registered.
 * A reference that can move needs a digest beside it, for the digest is the identity that sign-offs rest on.
 */
export function makeVersion(input: VersionInput, by: string, at: string): MadeVersion {
  const reference = parseReference(input.artefact)
  if (reference.problem !== undefined) return { ok: false, problem: reference.problem }
  const typed = input.digest === null || input.digest.trim() === '' ? null : parseDigest(input.digest)
  if (typed === null && input.digest !== null && input.digest.trim() !== '') {
    return { ok: false, problem: `“${input.digest.slice(0, 60)}” is no digest. Give a sha256, a whole commit, an md5 or the store’s version id.` }
  }
  const own = digestOf(reference)
  const digest = typed?.value ?? own
  if (digest === null) return { ok: false, problem: `${reference.warning ?? 'The reference can move.'} Without it nobody can tell what was signed.` }
  if (typed?.kind === 'sha256' && own?.startsWith('sha256:') === true && own !== typed.value) {
    return { ok: false, problem: 'The digest beside the reference is not the one inside it. Keep one of them.' }
  }
  const data = input.data === null ? null : parseReference(input.data)
  if (data?.problem !== undefined) return { ok: false, problem: `Data: ${data.problem}` }
  return {
    ok: true,
    version: {
      id: input.versionId, label: input.label,
      artefact: { raw: reference.raw, kind: reference.kind, label: reference.label, pinned: reference.pinned, digest },
      codeCommit: input.codeCommit?.toLowerCase() ?? null,
      data: data === null ? null : { raw: data.raw, kind: data.kind, pinned: data.pinned },
      behaviour: input.behaviour, registeredBy: by, registeredAt: at, withdrawn: null,
    },
  }
}

const BEHAVIOUR_NAMES: readonly (readonly [keyof Behaviour, string])[] = [
  ['prompt', 'prompt'], ['tools', 'tools'], ['index', 'index'], ['guardRails', 'guard-rails'], ['providerVersion', 'provider version'], ['retiresOn', 'retires'],
]

/** Behaviour in one line, "prompt 3f2a · tools v4"; empty when nothing is named. */
export function behaviourWords(behaviour: Behaviour): string {
  return BEHAVIOUR_NAMES.flatMap(([name, words]) => (behaviour[name] === null ? [] : [`${words} ${behaviour[name]}`])).join(' · ')
}
