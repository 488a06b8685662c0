/** Recognises a pasted model reference of any kind, says whether it can move, and refuses what must not be stored. */
import { readDvc, readGit, readGto } from './git-reference'
import type { Found, ModelReference } from './model-reference'
import { readHuggingFace, readMlflow, readWandb } from './registry-reference'
import { readHosted, readObjectStore, readOci, readUrl } from './stored-reference'

const MOST_CHARACTERS = 1_000
// Control characters, direction overrides and zero-width marks hide what a reference is.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u
const OTHER_SCHEME = /^(?:javascript|data|vbscript|file|blob|about|view-source):/i

/** In the order in which they are tried: the most telling form first. */
const READERS: readonly ((raw: string) => Found | null)[] = [
  readMlflow, readObjectStore, readDvc, readHuggingFaceAddress, readWandbAddress, readGit, readGto,
  readDigest, readHosted, readWandb, readOci, readHuggingFace, readUrl,
]

/**
 * Reads a model reference. In: what somebody pasted. Out: its kind, a label, whether it is pinned, and what is wrong with it.
 * Never throws; text that is nothing known gives the kind `unknown`, which may be registered with a digest beside it.
 */
export function parseReference(pasted: string): ModelReference {
  const raw = pasted.trim()
  const problem = problemOf(raw)
  if (problem !== null) return { raw, kind: 'unknown', label: raw.slice(0, 60).replaceAll(HIDDEN_EACH, '·'), pinned: false, problem, parts: {} }
  for (const read of READERS) {
    const found = read(raw)
    if (!found) continue
    const label = found.label.length > 120 ? `${found.label.slice(0, 119)}…` : found.label
    const known = { raw, kind: found.kind, label, parts: found.parts }
    if (found.moves === null) return { ...known, pinned: true }
    return { ...known, pinned: false, warning: found.moves.warning, suggestedDigestField: found.moves.field }
  }
  return {
    raw, kind: 'unknown', label: raw.length > 120 ? `${raw.slice(0, 119)}…` : raw, pinned: false, parts: {},
    warning: 'This form is not known, so nobody can tell whether it moves. Add the sha256 of the artefact.', suggestedDigestField: 'sha256',
  }
}

const HIDDEN_EACH = new RegExp(HIDDEN, 'gu')

function problemOf(raw: string): string | null {
  if (raw === '') return 'Paste a reference, such as models:/fraud/7 or registry.example/fraud@sha256:….'
  if (raw.length > MOST_CHARACTERS) return `A reference has at most ${MOST_CHARACTERS} characters; this has ${raw.length}.`
  if (HIDDEN.test(raw)) return 'The reference contains control or invisible characters. Type it again, or paste it as plain text.'
  if (OTHER_SCHEME.test(raw)) return `A reference cannot begin with “${raw.slice(0, raw.indexOf(':') + 1)}”. Use https, or the form of your registry.`
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]*:[^/?#@\s]*@/i.test(raw)) return 'The reference contains a password. Remove what stands before the @; the record is for ever.'
  if (/[?&](?:X-Amz-Signature|X-Goog-Signature|sig|access_token|token)=/i.test(raw)) return 'The reference contains a signature or token. Paste the address without it; the record is for ever.'
  return null
}

function readHuggingFaceAddress(raw: string): Found | null {
  return /^(?:hf:\/\/|https?:\/\/)/i.test(raw) ? readHuggingFace(raw) : null
}

function readWandbAddress(raw: string): Found | null {
  return /^(?:wandb|https?:\/\/)/i.test(raw) ? readWandb(raw) : null
}

function readDigest(raw: string): Found | null {
  return /@sha256:/i.test(raw) || /^(?:oci|docker):\/\//i.test(raw) ? readOci(raw) : null
}
