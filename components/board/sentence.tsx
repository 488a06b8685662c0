/** The parts of a sentence, its subject stronger and its states coloured; the words alone say the same. */
import type { ReactNode } from 'react'
import type { SentencePart } from '@/lib/domain/board'

const TONES = { strong: 'font-medium text-ink', bad: 'text-failed', late: 'text-waiting' }

/** The parts without a paragraph around them; `words` may say how each is set. */
export function sentenceParts(parts: readonly SentencePart[], words: (text: string) => ReactNode = String): ReactNode {
  return parts.map((p, i) => (p.tone === undefined ? words(p.text) : <span key={i} className={TONES[p.tone]}>{words(p.text)}</span>))
}

/** The same as a component. */
export function SentenceParts({ parts }: { parts: readonly SentencePart[] }) {
  return sentenceParts(parts)
}
