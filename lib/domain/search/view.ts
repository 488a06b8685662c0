/** What a search over everything that people wrote shows, and how the words that were found are marked. Zod-free. */

export interface Mark {
  readonly text: string
  readonly isHit: boolean
}

export interface HitView {
  readonly seal: string
  /** What the text is: "Decision D-7", "Minutes". */
  readonly label: string
  /** What it belongs to: "FRAUD-12 fraud-scorer", a check-in, a model. */
  readonly owner: string
  readonly href: string
  readonly excerpt: readonly Mark[]
}

export interface SearchView {
  readonly query: string
  readonly hits: readonly HitView[]
  /** Whether there were more than are shown. */
  readonly isCut: boolean
}

/** Characters before the first word that was found, and in all. */
const BEFORE = 60
const LENGTH = 240

function bare(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** The part of a text around the first hit, cut into pieces that are hits and pieces that are not. In: the words that were asked; the last may be a beginning. */
export function excerptOf(text: string, words: readonly string[]): readonly Mark[] {
  const flat = text.replace(/\s+/g, ' ').trim()
  const wanted = words.map(bare)
  const isHit = (word: string): boolean => {
    const plain = bare(word)
    return wanted.some((one, index) => (index === wanted.length - 1 ? plain.startsWith(one) : plain === one))
  }
  const pieces = [...flat.matchAll(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+/gu)].map((match) => ({ text: match[0], at: match.index, isHit: isHit(match[0]) }))
  const first = pieces.find((piece) => piece.isHit)?.at ?? 0
  const from = first <= BEFORE ? 0 : first - BEFORE
  const shown = pieces.filter((piece) => piece.at >= from && piece.at < from + LENGTH)
  const marks: Mark[] = from > 0 ? [{ text: '… ', isHit: false }] : []
  for (const piece of shown) {
    const last = marks.at(-1)
    if (last && last.isHit === piece.isHit) marks[marks.length - 1] = { text: last.text + piece.text, isHit: piece.isHit }
    else marks.push({ text: piece.text, isHit: piece.isHit })
  }
  return shown.at(-1)?.at === pieces.at(-1)?.at ? marks : [...marks, { text: ' …', isHit: false }]
}
