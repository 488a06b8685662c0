/** Words with numbers in them: a number never parts from its unit at the end of a line, and the words stay what they are. */
import type { ReactNode } from 'react'

// With a capture, so that every second piece of the split is a pair; "2 d 4 h", "≤ 1.2 ×" and "20 Nov" are one.
const PAIRS = /((?:[≤≥] )?\d[\d.,:]* (?:[%×]|(?:m?s|min|h|d|[kKMGT]i?B|[CG]PU|req\/s|UTC|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b)(?: \d+ (?:h|min)\b)?)/

/** In: words of the domain. Out: the same words, in which each number holds on to its unit. */
export function said(words: string): ReactNode {
  return words.split(PAIRS).map((piece, i) => (i % 2 ? <span key={i} className="whitespace-nowrap">{piece}</span> : piece))
}
