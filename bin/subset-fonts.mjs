// Cuts Geist and Geist Mono down to the characters and weights that the screens use; run by hand, its output is committed.
// Usage: node bin/subset-fonts.mjs. Fails when both files together exceed the budget of 40 kB.
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import subsetFont from 'subset-font'

const BUDGET_BYTES = 40 * 1024
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const source = join(root, 'node_modules/geist/dist/fonts')

const between = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('')

// Latin 1 and Latin Extended-A cover the names of people in Europe; the rest are the signs that sentences and values use.
const ascii = between(0x20, 0x7e)
const latin = between(0xa0, 0x17f)
const signs = '–—‘’“”„…·•×÷±≤≥≈≠−→←↑↓↗✓✕′″‰€£¥°µ⌘ \u2009\u202f\u200b'

const fonts = [
  // kern, ligatures and marks for reading; tnum keeps numbers in columns, ss01 is the plain a of the visual direction.
  { from: 'geist-sans/Geist-Variable.ttf', to: 'geist.woff2', text: ascii + latin + signs, weights: { min: 400, max: 600 }, keep: ['kern', 'mark', 'ccmp', 'locl', 'tnum', 'ss01'] },
  { from: 'geist-mono/GeistMono-Variable.ttf', to: 'geist-mono.woff2', text: ascii + '–—‘’“”…·×÷±≤≥≈−→°µ€£\u00a0\u2009\u202f', weights: { min: 400, max: 500 }, keep: ['ccmp', 'mark'] },
]

let total = 0
for (const font of fonts) {
  const cut = await subsetFont(await readFile(join(source, font.from)), font.text, {
    targetFormat: 'woff2',
    variationAxes: { wght: font.weights },
    keepFeatures: font.keep,
  })
  await writeFile(join(root, 'app/fonts', font.to), cut)
  total += cut.length
  console.log(`${font.to} ${cut.length} bytes`)
}
console.log(`together ${total} bytes of ${BUDGET_BYTES}`)
if (total > BUDGET_BYTES) process.exit(1)
