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

/** Whether a word is of a script that puts no spaces between words: it is looked for anywhere in a text, because an index of words cannot know where one begins. */
export function isUnspaced(word: string): boolean {
  return /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(word)
}

interface Piece extends Mark {
  readonly at: number
}

/** The part of a text around the first hit, cut into pieces that are hits and pieces that are not. In: the words that were asked; the last may be a beginning. */
export function excerptOf(text: string, words: readonly string[]): readonly Mark[] {
  const flat = text.replace(/\s+/g, ' ').trim()
  const unspaced = words.filter(isUnspaced).toSorted((a, b) => b.length - a.length)
  // Words are letters and digits alone, so that none of them means anything to the expression.
  const within = unspaced.length > 0 ? new RegExp(unspaced.join('|'), 'giu') : null
  const wanted = words.map((word) => (isUnspaced(word) ? null : bare(word)))
  const isHit = (word: string): boolean => {
    const plain = bare(word)
    return wanted.some((one, index) => one !== null && (index === wanted.length - 1 ? plain.startsWith(one) : plain === one))
  }
  const pieces = [...flat.matchAll(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+/gu)].flatMap((match) => piecesOf(match[0], match.index, isHit(match[0]), within))
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

/** A run of a text in pieces: what was looked for anywhere in it stands apart, and nothing is longer than a line shows. */
function piecesOf(run: string, at: number, isHit: boolean, within: RegExp | null): readonly Piece[] {
  const pieces: Piece[] = []
  let place = at
  const say = (text: string, isFound: boolean) => {
    for (const [part] of text.matchAll(/.{1,40}/gsu)) {
      pieces.push({ text: part, isHit: isFound, at: place })
      place += part.length
    }
  }
  let said = 0
  if (within && !isHit) {
    for (const match of run.matchAll(within)) {
      say(run.slice(said, match.index), false)
      say(match[0], true)
      said = match.index + match[0].length
    }
  }
  say(run.slice(said), isHit)
  return pieces
}
