/** Makes people's text fit a limit: cut between graphemes, counted as it will be sent, free of characters that reorder or hide text. */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

// C0/C1 controls but tab and newline, and the bidirectional embeddings, overrides and isolates that can make a sentence read backwards.
const UNWANTED = new RegExp('[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069]', 'gu')

/** Text without lone surrogates, control characters and bidirectional overrides; CR LF becomes LF. */
export function tidy(text: string): string {
  return text.toWellFormed().replaceAll('\r\n', '\n').replace(UNWANTED, '')
}

/** The same on one line, for formats in which a line break begins something new. */
export function oneLine(text: string): string {
  return tidy(text).replace(/\s+/g, ' ').trim()
}

/**
 * The longest head of `text` whose encoded form has at most `limit` UTF-16 units, ending in "…" when something was cut.
 * Cuts only between graphemes (a family emoji stays whole or goes), and before encoding, so that no entity is cut in two.
 * In: `encode` must be applicable piece by piece. Out: the encoded text. Reads no more of `text` than it needs.
 */
export function cut(text: string, limit: number, encode: (piece: string) => string): string {
  const tidied = tidy(text)
  let whole = ''
  let fits = '' // the head after which an ellipsis would still fit
  // Encoding never shortens, so whatever lies behind twice the limit cannot be needed.
  for (const { segment } of graphemes.segment(tidied.slice(0, limit * 2))) {
    const piece = encode(segment)
    if (whole.length + piece.length > limit) return `${fits.trimEnd()}…`
    whole += piece
    if (whole.length < limit) fits = whole
  }
  return whole
}
