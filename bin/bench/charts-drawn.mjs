// Draws eight charts of 1,000 points in Chromium, ours and bare ones in turn, and appends to ours.
import { mkdirSync, readFileSync } from 'node:fs'
import { build } from 'esbuild'
import { median } from './http.mjs'

const ROUNDS = 15

/** In: a browser and the report. */
export async function chartsPart({ browser, report }) {
  mkdirSync('dist/bench', { recursive: true })
  await build({ bundle: true, minify: true, platform: 'browser', format: 'iife', target: 'es2022', jsx: 'automatic', logLevel: 'warning', loader: { '.css': 'empty' }, define: { 'process.env.NODE_ENV': '"production"' }, entryPoints: ['bin/bench/charts-page.tsx'], outfile: 'dist/bench/charts-page.js' })
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    const page = await context.newPage()
    // Only what the lines need to have a size; the axes stand in the document whatever they look like.
    await page.setContent('<!doctype html><style>:root{--candidate:#2454d6;--stable:#827d74;--failed:#bd2a2a;--line-strong:#cfc9bf}.bench,.bench>div,.bench>div>div{position:absolute;inset:0}</style>')
    await page.evaluate(readFileSync('dist/bench/charts-page.js', 'utf8'))
    const found = { bare: [], whole: [], append: [] }
    for (let round = 0; round < ROUNDS + 3; round += 1) {
      for (const name of ['bare', 'whole']) {
        const took = await page.evaluate((one) => Reflect.get(window, 'charts')[one](), name)
        // The first rounds warm both and are not counted.
        if (round >= 3) found[name].push(took)
      }
    }
    const appended = await page.evaluate(() => Reflect.get(window, 'charts').append())
    const ratio = median(found.whole.map((took, at) => took / found.bare[at]))
    report.check('eight charts of 1,000 points with axes and events, of eight bare ones', ratio, 1.5)
    report.tell('ours', median(found.whole), 'ms')
    report.tell('bare', median(found.bare), 'ms')
    report.check('canvases made anew when points are appended', appended.isSame ? 0 : 1, 0, '')
    report.tell('appending to all eight', appended.took, 'ms')
  } finally {
    await context.close()
  }
}
