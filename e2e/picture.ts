/** Pictures for whoever changes a screen, in both themes and widths, into the folder that PICTURES names; nothing without it, and nothing is compared with them. */
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'

const FOLDER = process.env['PICTURES']
const WIDTHS = [1440, 390]

/** Takes the pictures, and leaves the page light and at its size. In: the page, a name among all specs, and what of the page is shown: all of it, what fits the window, or one part. */
export async function picture(page: Page, name: string, shows: 'page' | 'window' | Locator = 'page'): Promise<void> {
  if (FOLDER === undefined) return
  const size = page.viewportSize()
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 1000 })
    for (const theme of ['dark', 'light'] as const) {
      await page.evaluate((one) => document.documentElement.setAttribute('data-theme', one), theme)
      const file = { path: path.join(FOLDER, `${name}-${width}-${theme}.png`) }
      await (typeof shows === 'string' ? page.screenshot({ ...file, fullPage: shows === 'page' }) : shows.screenshot(file))
    }
  }
  if (size) await page.setViewportSize(size)
}
