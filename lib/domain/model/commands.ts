/** The words in which models, their versions and their documents are registered and changed. */
import { z } from 'zod'
import { DOCUMENT_KINDS } from '@/lib/domain/document/document'
import { checkAddress } from '@/lib/domain/document/address'
import { label, note, slug, teamId } from '@/lib/domain/words'
import { publishModel, publishModelInternally } from './publication'

const id = z.uuid()

/** Upper case letters and digits, beginning with a letter: FRAUD, GPT4. */
export const codePrefix = z.string().regex(/^[A-Z][A-Z0-9]{1,11}$/, 'must be 2 to 12 upper case letters and digits, beginning with a letter')

const modelFields = { slug, name: label(80), purpose: z.string().trim().max(2_000, 'must have at most 2000 characters'), ownerTeam: teamId, codePrefix }
const reference = label(1_000).nullable()
const day = z.iso.date('must be a day such as 2026-11-22')

export const behaviour = z.strictObject({
  prompt: label(300).nullable(), tools: label(300).nullable(), index: label(300).nullable(), guardRails: label(300).nullable(),
  providerVersion: label(120).nullable(), retiresOn: day.nullable(),
})

/** An address that may stand in a link; the sentence of the check becomes the issue. */
export const address = z.string().max(2_100).transform((text, context) => {
  const checked = checkAddress(text)
  if (checked.ok) return checked.href
  context.addIssue({ code: 'custom', message: checked.problem })
  return z.NEVER
})

const revision = label(200).nullable()

export const modelCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('register-model'), ...modelFields }),
  z.strictObject({ type: z.literal('edit-model'), name: modelFields.name, purpose: modelFields.purpose, ownerTeam: modelFields.ownerTeam }),
  z.strictObject({
    type: z.literal('add-version'),
    versionId: id, label: label(60), artefact: z.string().max(1_100), digest: z.string().trim().max(300).nullable(),
    codeCommit: z.string().trim().regex(/^[0-9a-fA-F]{40}$/, 'must be a whole commit of 40 hexadecimal digits').nullable(),
    data: reference, behaviour,
  }),
  z.strictObject({ type: z.literal('withdraw-version'), versionId: id, reason: note(1_000) }),
  publishModel,
  publishModelInternally,
  z.strictObject({ type: z.literal('archive-model') }),
  z.strictObject({ type: z.literal('restore-model') }),
  z.strictObject({
    type: z.literal('attach-document'),
    documentId: id, title: label(160), url: address, kind: z.enum(DOCUMENT_KINDS), ownerTeam: teamId, pinnedRevision: revision,
  }),
  z.strictObject({ type: z.literal('remove-document'), documentId: id }),
  z.strictObject({ type: z.literal('review-document'), documentId: id, team: teamId }),
  z.strictObject({ type: z.literal('pin-document'), documentId: id, pinnedRevision: revision }),
])

export type ModelCommand = z.infer<typeof modelCommand>
