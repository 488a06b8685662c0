/** A series of check-ins from its plan to the calendar outside: planned, one moved, a holiday, the month by keyboard and on a phone, and the document that a calendar reads. */
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test'
import ICAL from 'ical.js'
import { makeReleaseWorld, PEOPLE } from '@/e2e/release-world'
import { forget, startServer, type TestServer } from '@/e2e/server'
import { signIn } from '@/e2e/session'
import { fits, sound } from '@/e2e/sound'

test.describe.configure({ mode: 'serial', timeout: 90_000 })

const SHOTS = process.env['CALENDAR_SHOTS']
let server: TestServer
let context: BrowserContext
let page: Page

test.beforeAll(async ({ browser }: { browser: Browser }) => {
  test.setTimeout(180_000)
  server = await startServer()
  await makeReleaseWorld(server)
  context = await browser.newContext({ baseURL: server.origin, viewport: { width: 1440, height: 900 }, timezoneId: 'Europe/Berlin' })
  await signIn(context, server, PEOPLE.mara)
  page = await context.newPage()
})
test.afterAll(async () => {
  await context?.close()
  await server?.stop()
  if (server) forget(server)
})

async function shot(name: string): Promise<void> {
  if (SHOTS === undefined) return
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), colorScheme)
      await page.screenshot({ path: `${SHOTS}/${name}-${width}-${colorScheme}.png`, fullPage: true })
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'))
}

/** The first Monday of a month two months ahead, so that nothing of it has begun. */
function soon(): { readonly month: string; readonly mondays: readonly string[] } {
  const at = new Date()
  at.setUTCDate(1)
  at.setUTCMonth(at.getUTCMonth() + 2)
  const mondays: string[] = []
  for (const day = new Date(at); day.getUTCMonth() === at.getUTCMonth(); day.setUTCDate(day.getUTCDate() + 1)) if (day.getUTCDay() === 1) mondays.push(day.toISOString().slice(0, 10))
  return { month: at.toISOString().slice(0, 7), mondays }
}

const { month, mondays } = soon()
const [first = '', second = '', third = ''] = mondays
const cell = (date: string) => page.locator(`td[data-date="${date}"]`)

test('a holiday is entered beside the working hours, and a series is planned that knows it', async () => {
  await page.goto('/settings/teams')
  await page.getByRole('button', { name: 'Add holidays' }).click()
  await page.getByRole('dialog').getByLabel('Day').fill(third)
  await page.getByRole('dialog').getByLabel('Name').fill('Day of the test')
  await sound(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Holidays' }).getByText('Day of the test')).toBeVisible()
  await shot('holidays')
  await page.goto(`/calendar?month=${month}`)
  await expect(cell(third).getByText('Day of the test')).toBeVisible()
  await page.getByRole('button', { name: 'Plan a series' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Fraud weekly')
  await dialog.getByLabel('From').fill(first)
  await expect(dialog.getByRole('status', { name: 'What it comes to' })).toContainText(`moved from Mon ${Number(third.slice(8))}`)
  await dialog.getByLabel('Rhythm').selectOption('rule')
  await dialog.getByLabel('Rule', { exact: true }).fill('FREQ=SECONDLY')
  await expect(dialog.getByRole('status', { name: 'What it comes to' })).toContainText('At most one check-in a day')
  await dialog.getByLabel('Rhythm').selectOption('1')
  await dialog.getByLabel('Held').selectOption('24')
  await expect(dialog.getByText('nobody has to meet', { exact: false })).toBeVisible()
  await dialog.getByLabel('Held').selectOption('0')
  await expect(dialog.getByRole('status', { name: 'What it comes to' })).toContainText('Every Monday at 10:00')
  await sound(page)
  await shot('series-dialog')
  await dialog.getByRole('button', { name: 'Plan it' }).click()
  await expect(cell(first).getByRole('button', { name: /10:00 Fraud weekly/ })).toBeVisible()
  await expect(cell(third).getByRole('button', { name: /Fraud weekly/ })).toHaveCount(0)
  await sound(page)
  await shot('month')
})

test('one occurrence is moved, opened and found in the list; the month is walked by keyboard and read on a phone', async () => {
  await cell(second).getByRole('button', { name: /Fraud weekly/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Change this one' }).click()
  await page.getByRole('dialog').getByLabel('Starts').fill(`${second.slice(0, 8)}${String(Number(second.slice(8)) + 1).padStart(2, '0')}T15:00`)
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(cell(second).getByRole('button', { name: /Fraud weekly/ })).toHaveCount(0)
  const moved = page.getByRole('button', { name: /15:00 Fraud weekly/ }).first()
  await moved.click()
  await shot('occurrence')
  await sound(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Open the check-in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Fraud weekly' })).toBeVisible()
  await page.goto('/check-ins')
  await expect(page.getByRole('region', { name: 'Series' }).getByText('Every Monday at 10:00 Europe/Berlin')).toBeVisible()
  await shot('check-ins')
  await page.goto(`/calendar?month=${month}`)
  // a key that comes before the page listens is lost
  await expect(async () => {
    await cell(`${month}-01`).focus()
    await page.keyboard.press('ArrowDown')
    await expect(cell(`${month}-08`)).toBeFocused({ timeout: 1_000 })
  }).toPass({ timeout: 20_000 })
  await page.keyboard.press('t')
  await expect(page).toHaveURL(new RegExp(`month=(?!${month})`))
  await page.goto(`/calendar?month=${month}`)
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(page.getByRole('region', { name: 'Agenda' }).getByRole('button', { name: 'Fraud weekly' }).first()).toBeVisible()
  await fits(page)
  await sound(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto('/calendar?month=1066-10')
  await expect(page.getByText('“1066-10” is no month that the calendar shows.')).toBeVisible()
})

test('a calendar outside reads it by a secret address, until that is revoked', async () => {
  await page.goto(`/calendar?month=${month}&view=agenda`)
  await page.getByRole('button', { name: 'Subscribe' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make an address' }).click()
  const address = await page.getByRole('dialog').getByLabel('Address').inputValue()
  await shot('address')
  const outside = new URL(address).pathname
  const answer = await fetch(`${server.origin}${outside}`)
  expect([answer.status, answer.headers.get('x-robots-tag'), answer.headers.get('referrer-policy')?.split(', ').at(-1)]).toEqual([200, 'noindex, nofollow, noarchive', 'no-referrer'])
  const events = new ICAL.Component(ICAL.parse(await answer.text())).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
  const exceptions = events.filter((event) => event.isRecurrenceException() && event.summary === 'Fraud weekly')
  expect(exceptions.map((event) => event.recurrenceId.toString().slice(0, 10))).toEqual(expect.arrayContaining([second, third]))
  expect((await fetch(`${server.origin}${outside}`, { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } })).status).toBe(304)
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: 'Subscribe' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke the address of My calendar' }).click()
  await expect(page.getByRole('dialog').getByRole('button', { name: /Revoke/ })).toHaveCount(0)
  expect((await fetch(`${server.origin}${outside}`)).status).toBe(404)
})

test('two people change one series at once: who saves second sees what is there now, and chooses', async ({ browser }) => {
  const other = await browser.newContext({ baseURL: server.origin, viewport: { width: 1440, height: 900 }, timezoneId: 'Europe/Berlin' })
  await signIn(other, server, PEOPLE.dana)
  const hers = await other.newPage()
  const change = async (who: Page, minutes: string) => {
    await who.getByRole('button', { name: 'Change Fraud weekly' }).click()
    await who.getByRole('dialog').getByLabel('Minutes').fill(minutes)
  }
  const save = (who: Page) => who.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await Promise.all([page.goto('/check-ins'), hers.goto('/check-ins')])
  await change(page, '60')
  await change(hers, '45')
  await save(hers)
  await expect(hers.getByRole('dialog')).toHaveCount(0)
  await change(hers, '20')

  await save(page)
  const alert = page.getByRole('dialog').getByRole('alert')
  await expect(alert).toContainText('Dana Weiss changed this series while you wrote. It is now: Fraud weekly. Every Monday at 10:00')
  await expect(alert).toContainText('45 min')
  await expect(page.getByRole('dialog').getByLabel('Minutes')).toHaveValue('60')
  await sound(page)
  await shot('series-conflict')
  await alert.getByRole('button', { name: 'Keep what I wrote' }).click()
  await save(page)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Series' }).getByText('60 min', { exact: false })).toBeVisible()

  await save(hers)
  await expect(hers.getByRole('dialog').getByRole('alert')).toContainText('Mara Lindqvist changed this series while you wrote.')
  await hers.getByRole('dialog').getByRole('button', { name: 'Begin from that' }).click()
  await expect(hers.getByRole('dialog').getByLabel('Minutes')).toHaveValue('60')
  await other.close()
})
