/** Shows what a pasted reference is, while it is being typed: its kind, its name, and whether it can move. */
import { Pill } from '@/components/ui/pill'
import { KIND_NAMES } from '@/lib/domain/reference/model-reference'
import { parseReference } from '@/lib/domain/reference/parse-reference'

/** In: the text as it stands in the field; nothing is shown for an empty one. */
export function ReferencePreview({ text }: { text: string }) {
  if (text.trim() === '') return <p className="text-12 text-ink-3" aria-live="polite">Git, DVC, MLflow, Hugging Face, W&amp;B, an OCI image, an object, a hosted model, or an address.</p>
  const reference = parseReference(text)
  if (reference.problem !== undefined) return <p className="text-12 text-failed" aria-live="polite">{reference.problem}</p>
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-12" aria-live="polite">
      <Pill state={reference.pinned ? 'passed' : 'waiting'} hasMark>{reference.pinned ? 'pinned' : 'can move'}</Pill>
      <span className="font-medium">{KIND_NAMES[reference.kind]}</span>
      <span className="min-w-0 break-all text-ink-2">{reference.label}</span>
      {reference.warning !== undefined && <p className="w-full text-waiting">{reference.warning}</p>}
    </div>
  )
}

/** What a digest field asks for beside a reference of this kind. */
export function digestHint(text: string): string {
  switch (parseReference(text).suggestedDigestField) {
    case 'commit': return 'The commit that it points at today, 40 hexadecimal digits.'
    case 'md5': return 'The md5 from the .dvc file, or the whole commit.'
    case 'image-digest': return 'sha256:… as the registry shows it.'
    case 'object-version': return 'The version id of the object, or the sha256 of its content.'
    case 'provider-version': return 'The provider’s dated version, such as 2026-01-31.'
    case 'sha256': return 'The sha256 of the artefact.'
    default: return 'Not needed: the reference is pinned. Give one to have it checked by pipelines.'
  }
}
