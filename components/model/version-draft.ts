/** What somebody has typed about a new version, what is missing, and the command that it becomes. */
import { parseDigest } from '@/lib/domain/reference/digest'
import { parseReference } from '@/lib/domain/reference/parse-reference'

export interface VersionDraft {
  readonly label: string
  readonly artefact: string
  readonly digest: string
  readonly codeCommit: string
  readonly data: string
  readonly prompt: string
  readonly tools: string
  readonly index: string
  readonly guardRails: string
  readonly providerVersion: string
  readonly retiresOn: string
}

export const EMPTY_VERSION: VersionDraft = {
  label: '', artefact: '', digest: '', codeCommit: '', data: '', prompt: '', tools: '', index: '', guardRails: '', providerVersion: '', retiresOn: '',
}

/** The draft after another reference was pasted: label and commit are filled in where the reference says them and nobody has typed them. */
export function withArtefact(draft: VersionDraft, artefact: string): VersionDraft {
  const before = parseReference(draft.artefact)
  const now = parseReference(artefact)
  const labelOf = (reference: typeof now) => reference.parts['version'] ?? reference.parts['tag'] ?? ''
  const label = draft.label === '' || draft.label === labelOf(before) ? labelOf(now).slice(0, 60) : draft.label
  const isCode = now.kind === 'git' && now.pinned
  return { ...draft, artefact, label, codeCommit: draft.codeCommit === '' && isCode ? (now.parts['revision'] ?? '') : draft.codeCommit }
}

/** What is missing or wrong, by field; empty when it can be registered. */
export function versionFaults(draft: VersionDraft): Readonly<Partial<Record<keyof VersionDraft, string>>> {
  const faults: Partial<Record<keyof VersionDraft, string>> = {}
  const reference = parseReference(draft.artefact)
  if (reference.problem !== undefined) faults.artefact = reference.problem
  if (draft.label.trim() === '') faults.label = 'Give it a label, such as 7 or 2026.11.1.'
  const digest = draft.digest.trim()
  if (digest !== '' && parseDigest(digest) === null) faults.digest = 'This is no digest: give a sha256, a whole commit, an md5 or the store’s version id.'
  if (digest === '' && !reference.pinned && reference.problem === undefined) faults.digest = 'The reference can move, so a digest beside it is needed.'
  if (draft.codeCommit.trim() !== '' && !/^[0-9a-f]{40}$/i.test(draft.codeCommit.trim())) faults.codeCommit = 'Give the whole commit of 40 hexadecimal digits.'
  if (draft.data.trim() !== '') {
    const { problem } = parseReference(draft.data)
    if (problem !== undefined) faults.data = problem
  }
  return faults
}

/** The command `add-version`. In: a draft without faults, and a fresh id. */
export function versionCommand(draft: VersionDraft, versionId: string) {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
  return {
    type: 'add-version' as const, versionId, label: draft.label.trim(), artefact: draft.artefact.trim(), digest: orNull(draft.digest), codeCommit: orNull(draft.codeCommit), data: orNull(draft.data),
    behaviour: {
      prompt: orNull(draft.prompt), tools: orNull(draft.tools), index: orNull(draft.index), guardRails: orNull(draft.guardRails),
      providerVersion: orNull(draft.providerVersion), retiresOn: orNull(draft.retiresOn),
    },
  }
}
