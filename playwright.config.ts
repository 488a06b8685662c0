/** How the browser tests run: real Chromium, a production server per worker (e2e/fixtures.ts), no retries. */
import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

const found = [process.env['CHROMIUM_BIN'], '/usr/bin/chromium'].find((file) => file !== undefined && existsSync(file))

/** What takes longest begins first, so that both workers have work until the end. Any other file comes after these, by its name. */
const LONGEST = ['story', 'accessibility']
const LONG = ['check-in', 'faults', 'four-people', 'judgement', 'live', 'release', 'scene', 'verdicts']
const specs = (names: readonly string[]) => names.map((name) => `**/${name}.spec.ts`)

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 2,
  retries: 0,
  forbidOnly: process.env['CI'] === 'true',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  projects: [{ name: 'longest', testMatch: specs(LONGEST) }, { name: 'long', testMatch: specs(LONG) }, { name: 'others', testIgnore: specs([...LONGEST, ...LONG]) }],
  use: {
    viewport: { width: 1440, height: 900 },
    // Colours that are still on their way from one theme to the other would be measured as neither.
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(found === undefined ? {} : { executablePath: found }),
      args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
})
