#!/usr/bin/env node
// Takes the pictures in docs/screenshots from production servers whose data was made by commands.
//
//   node bin/board-screenshots.mjs                             boards with 0, 1, 30 and 500 releases, at 1440 and 390 px, in both themes
//   node bin/board-screenshots.mjs --demo http://localhost:3000  the pictures of the README, from a running `npm run demo`
//   SIZES=0,1 chooses among the numbers

import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { bundle } from './bundle.mjs'
import { ROOT } from './prepare.mjs'
import { findTool } from './tools.mjs'

const FOLDER = path.join('docs', 'screenshots')
const PASSWORD = 'winter harbour lights'
const PORT = Number(process.env.PORT ?? 5010)
const WIDTHS = [1440, 390]
const THEMES = ['light', 'dark']

process.chdir(ROOT)
mkdirSync(FOLDER, { recursive: true })
const executablePath = findTool('chromium')
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const demo = process.argv.indexOf('--demo')
if (demo > 0) await takeReadme(process.argv[demo + 1])
else for (const count of (process.env.SIZES ?? '0,1,30,500').split(',').map(Number)) await takeBoards(count)
await browser.close()

/** A signed-in page. */
async function pageAt(origin, width, height, theme) {
  const context = await browser.newContext({ baseURL: origin, viewport: { width, height }, colorScheme: theme, locale: 'en-GB', timezoneId: 'Europe/Berlin' })
  // With five hundred releases the server first judges thousands of metric items.
  context.setDefaultTimeout(180_000)
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel(/e-?mail/i).fill('mara@northwind.example')
  await page.getByLabel(/^password$/i).fill(PASSWORD)
  await page.getByRole('button', { name: /sign in/i }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  return page
}

async function take(page, address, name, options = {}) {
  await page.goto(address, { waitUntil: 'load' })
  await pause(1500)
  await page.evaluate(() => document.fonts.ready)
  if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1)) throw new Error(`${name} scrolls sideways`)
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`), ...options })
  console.log(`${name}.png`)
}

async function takeBoards(count) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'gatehouse-board-'))
  const environment = { ...process.env, NODE_ENV: 'production', DATA_DIR: dataDir, PORT: String(PORT), PUBLIC_URL: `http://localhost:${PORT}` }
  await bundle(path.join('bin', 'board-world.ts'), path.join('dist', 'board-world.js'))
  const began = Date.now()
  const made = spawnSync(process.execPath, [path.join('dist', 'board-world.js'), String(count)], { env: environment, stdio: 'inherit' })
  if (made.status !== 0) throw new Error(`the world with ${count} releases could not be made`)
  console.log(`${count} releases made in ${((Date.now() - began) / 1000).toFixed(1)} s`)
  const server = spawn(process.execPath, [path.join('dist', 'server.js')], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] })
  try {
    await ready(`http://localhost:${PORT}`)
    for (const theme of THEMES) for (const width of WIDTHS) {
      // A long board is shown as far as a tall window reaches.
      const height = width === 1440 ? 900 : 844
      const page = await pageAt(`http://localhost:${PORT}`, width, count >= 30 ? height * 2 : height, theme)
      await take(page, '/', `board-${count}-${width}-${theme}`, { fullPage: count < 30 })
      await page.context().close()
    }
  } finally {
    server.kill('SIGTERM')
    await new Promise((resolve) => server.once('exit', resolve))
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function ready(origin) {
  for (let tries = 0; tries < 600; tries += 1) {
    try {
      if ((await fetch(`${origin}/readyz`)).ok) return
    } catch { /* not yet */ }
    await pause(100)
  }
  throw new Error('the server did not come up')
}

async function takeReadme(origin) {
  for (const theme of THEMES) for (const width of WIDTHS) {
    // As tall as the demo's board, so that the frame reaches down to its end.
    const page = await pageAt(origin, width, width === 1440 ? 1330 : 844, theme)
    await take(page, '/', `board-${width}-${theme}`, { fullPage: true })
    // The one that is in flight: earlier ones have lower numbers, and are closed.
    const release = await page.locator('a[href^="/releases/FRAUD-"]').first().getAttribute('href')
    if (width === 1440 && theme === 'light') await take(page, release, 'release-1440-light', { clip: { x: 0, y: 0, width, height: 1000 } })
    await page.context().close()
  }
  const outside = await (await browser.newContext({ viewport: { width: 1000, height: 800 }, colorScheme: 'light', timezoneId: 'Europe/Berlin' })).newPage()
  await take(outside, `${origin}/status`, 'status-1000-light', { fullPage: true })
}
