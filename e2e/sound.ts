/** What every screen owes everyone: nothing for axe to find in either theme, and no sideways scroll on a phone. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const PHONE = { width: 390, height: 844 }
/** What a theme can change: the other rules look at the document, which is the same in both. */
const COLOURS = ['color-contrast', 'link-in-text-block']

/** Checks that nothing scrolls sideways. Asked until it is so: charts and lists take a new width a frame or two after the window. */
export async function fits(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), { message: 'pixels that lie outside of the window' }).toBeLessThanOrEqual(0)
}

/** Checks the page as it stands, and leaves it light and at its size. Both the chosen theme and the system's are set: the public page knows only the latter. */
export async function sound(page: Page): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    // Without motion, or colours on their way from one theme to the other would be measured as neither.
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme)
    // In the page itself, which has no frames of other sites; without this, axe opens a second page, and the first is behind it for that time.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'], ...(theme === 'light' ? { runOnly: { type: 'rule' as const, values: COLOURS } } : {}) })
    const { violations } = await axe.analyze()
    expect(violations.map((one) => `${theme} ${one.id}: ${one.nodes.map((node) => node.html).join(' ').slice(0, 400)}`)).toEqual([])
  }
  const size = page.viewportSize()
  await page.setViewportSize(PHONE)
  await fits(page)
  if (size) await page.setViewportSize(size)
}
