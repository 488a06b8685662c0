import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { STACKS } from '@/lib/domain/preset/preset'
import { STACK_FACTS } from '@/lib/domain/preset/stack'
import { stackIndex, stackPage } from './serving-stack-page'

const FOLDER = path.join(import.meta.dirname, '..', 'docs', 'serving-stacks')

/** After a change of the catalogue: `npx vitest run quality/serving-stacks.test.ts -u`. */
describe('the pages of the serving stacks', () => {
  it.each(STACKS)('%s says what the catalogue says', async (stack) => {
    const page = stackPage(stack)
    await expect(page).toMatchFileSnapshot(path.join(FOLDER, `${stack}.md`))
    expect(page).toMatch(/Checked against the metric names of .{10,}, not against a running server\./)
    expect(STACK_FACTS[stack].setUp.length).toBeGreaterThan(0)
    expect(STACK_FACTS[stack].blind.length).toBeGreaterThan(0)
  })

  it('are listed, and there is no page without a stack', async () => {
    await expect(stackIndex()).toMatchFileSnapshot(path.join(FOLDER, 'README.md'))
    expect(readdirSync(FOLDER).toSorted()).toEqual(['README.md', ...STACKS.map((stack) => `${stack}.md`)].toSorted())
  })
})
