/** Keeps a number and its unit on one line: the spaces inside "0.4 %", "1 d 6 h", "≤ 1.2 × stable" and "20 Nov" become ones at which no line breaks. */

const UNIT = '%|ms|s|min|h|d|req\\/s|[kMG]i?B|GB|CPU|GPU|×'
const MONTH = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec'
const AFTER_NUMBER = new RegExp(`(\\d) (?=(?:${UNIT}|${MONTH})(?![\\p{L}\\p{N}]))`, 'gu')
const BEFORE_NUMBER = /([≤≥<>=×]) (?=\d)/gu
/** "1 d 6 h": between the two units of one duration. */
const WITHIN = /(\d\u00a0(?:d|h)) (?=\d+\u00a0(?:h|min)\b)/gu

/** In: a text as it is kept. Out: the same words, for a screen only; copied text and searches that fold white space find them as before. */
export function unbroken(text: string): string {
  return text.replaceAll(AFTER_NUMBER, '$1\u00a0').replaceAll(BEFORE_NUMBER, '$1\u00a0').replaceAll(WITHIN, '$1\u00a0')
}
