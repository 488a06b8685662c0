import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { PALETTE } from './palette'

const css = readFileSync(join(import.meta.dirname, '..', '..', '..', 'app', 'tokens.css'), 'utf8')

it.each(['light', 'dark'] as const)('exported drawings have the colours of the %s theme', (theme) => {
  const block = css.slice(css.indexOf(`[data-theme='${theme}'] {`))
  const tokens = new Map([...block.slice(0, block.indexOf('}')).matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]))
  for (const [name, colour] of Object.entries(PALETTE[theme])) expect([name, colour]).toEqual([name, tokens.get(name)])
})
