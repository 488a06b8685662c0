/** Keeps the documents true where a machine can see it: settings, commands, folders and links that they name exist. */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT, textOf } from '@/quality/source-files'
import { ZONES } from '@/quality/import-rules.js'

const pagesOf = (folder: string) => readdirSync(path.join(ROOT, folder)).filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`)
const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...['docs', 'docs/decisions', 'docs/serving-stacks'].flatMap(pagesOf)]

describe('the documents', () => {
  it('name every setting in the table of the README', () => {
    const settings = [...textOf('lib/public/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+): z/gm)].map(([, name]) => name ?? '')
    expect(settings.length).toBeGreaterThan(8)
    const table = textOf('README.md').split('\n').filter((line) => line.startsWith('|')).join('\n')
    expect(settings.filter((name) => !table.includes(`\`${name}\``))).toEqual([])
  })

  it('name npm scripts that exist', () => {
    const scripts = new Set([...textOf('package.json').matchAll(/^ {4}"([a-z]+)": "/gm)].map(([, name]) => name))
    const named = DOCUMENTS.flatMap((file) => [...textOf(file).matchAll(/npm run ([a-z]+)/g)].map(([, name]) => name))
    expect(named.filter((name) => !scripts.has(name))).toEqual([])
  })

  it('link to files that exist', () => {
    const broken = DOCUMENTS.flatMap((file) =>
      [...textOf(file).matchAll(/[^!]\[[^\]]+\]\(([^)#]+)[^)]*\)/g)]
        .map(([, target]) => target ?? '')
        .filter((target) => !target.includes('://') && !existsSync(path.join(ROOT, path.dirname(file), target)))
        .map((target) => `${file}: ${target}`),
    )
    expect(broken).toEqual([])
  })

  it('explain every layer that has an import rule', () => {
    const picture = textOf('ARCHITECTURE.md')
    expect(ZONES.filter((zone) => !picture.includes(zone.folder)).map((zone) => zone.folder)).toEqual([])
  })

  it('number the decisions without a gap', () => {
    const numbers = readdirSync(path.join(ROOT, 'docs/decisions')).map((name) => Number(name.slice(0, 3))).sort((a, b) => a - b)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  })
})
