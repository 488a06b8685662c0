/** What `sound` and `fits` find: each fault is put into a page of its own, so that a check that looks at less than it says is seen here. */
import { expect, test, type Page } from '@playwright/test'
import { fits, sound } from '@/e2e/sound'

const plain = (body: string, style = '') => `<!doctype html><html lang="en"><head><title>A page</title><meta name="viewport" content="width=device-width"><style>body { color: #111; background: #fff } [data-theme=dark] body { color: #eee; background: #111 } a { color: inherit } ${style}</style></head><body><main><h1>A page</h1>${body}</main></body></html>`

/** What is said of a page, or nothing where it is sound. */
async function saidOf(page: Page, html: string): Promise<string> {
  await page.setContent(html)
  return sound(page).then(() => '', (error: unknown) => String(error))
}

test('a sound page passes, and is left light and at its size', async ({ page }) => {
  const size = page.viewportSize()
  expect(await saidOf(page, plain('<p>Words</p>'))).toBe('')
  expect(page.viewportSize()).toEqual(size)
  expect(await page.evaluate(() => [document.documentElement.dataset['theme'], matchMedia('(prefers-color-scheme: light)').matches])).toEqual(['light', true])
})

test('pale words are found in the theme that has them, chosen or of the system, and an unnamed field in any', async ({ page }) => {
  for (const [style, found] of [
    ['[data-theme=dark] p { color: #333 }', 'dark color-contrast'], ['[data-theme=light] p { color: #ddd }', 'light color-contrast'],
    ['@media (prefers-color-scheme: dark) { p { color: #333 } }', 'dark color-contrast'], ['@media (prefers-color-scheme: light) { p { color: #ddd } }', 'light color-contrast'],
    ['[data-theme=light] a { text-decoration: none; color: #333 }', 'light link-in-text-block'],
  ] as const) expect([style, await saidOf(page, plain('<p>Words with <a href="#x">one to follow</a> among them.</p>', style))]).toEqual([style, expect.stringContaining(found)])
  expect(await saidOf(page, plain('<input>'))).toContain('label')
})

test('what lies outside of a phone is found, and is not when it has come in', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.setContent(plain('<p>Words</p>', 'p { width: 600px }'))
  let isFound = false
  const looked = fits(page).then(() => isFound, () => null)
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeGreaterThan(390)
  isFound = true
  await page.addStyleTag({ content: 'p { width: auto !important }' })
  expect(await looked).toBe(true)
})
