/** Makes a label that the commands accept out of any text: on one line, without hidden characters, not too long. */

// The same set as labels are refused for at the edge: these can make a text read as something else.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/** In: any text, the most characters. Out: the label, empty when nothing is left. */
export function label(text: string, most: number): string {
  const plain = text.replace(/[\t\n\r]/gu, ' ').replace(HIDDEN, '').replace(/ {2,}/gu, ' ').trim()
  if (plain.length <= most) return plain
  const code = plain.charCodeAt(most - 1)
  return plain.slice(0, code >= 0xd800 && code <= 0xdbff ? most - 1 : most).trim()
}
