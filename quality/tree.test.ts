/** Keeps the tree readable: small files with names that say what they hide, and no folder that is a drawer. */
import { describe, expect, it } from 'vitest'
import { codeFiles, codeFolders, isTest, textOf } from '@/quality/source-files'

const MAX_LINES = 350
const MOST_LINES = 200
const MEDIAN_LINES = 80
const DRAWERS = new Set(['utils', 'helpers', 'types', 'constants', 'services', 'hooks', 'common', 'misc', 'shared'])
// Next, vitest and friends look for these names.
const FIXED_NAMES = /(^|\/)(\[[^\]]+\]|\([^)]+\)|_[a-z-]+)(\/|$)/

const lines = (file: string) => textOf(file).replace(/\n$/, '').split('\n').length

describe('the tree', () => {
  it(`has no file over ${MAX_LINES} lines`, () => {
    expect(codeFiles().filter((file) => lines(file) > MAX_LINES).map((file) => `${file}: ${lines(file)}`)).toEqual([])
  })

  it(`has a median of at most ${MEDIAN_LINES} lines, and nine files in ten of at most ${MOST_LINES}`, () => {
    const sizes = codeFiles().filter((file) => !isTest(file)).map(lines).sort((a, b) => a - b)
    expect(sizes[Math.floor(sizes.length / 2)] ?? 0).toBeLessThanOrEqual(MEDIAN_LINES)
    expect(sizes[Math.ceil(sizes.length * 0.9) - 1] ?? 0).toBeLessThanOrEqual(MOST_LINES)
  })

  it('keeps server.ts under 200 lines', () => {
    expect(lines('server.ts')).toBeLessThan(200)
  })

  it('has no folder that is a drawer', () => {
    expect(codeFolders().filter((folder) => folder.split('/').some((part) => DRAWERS.has(part)))).toEqual([])
  })

  it('names files and folders in kebab-case', () => {
    const wrong = codeFiles().filter((file) =>
      file.split('/').some((part) => !FIXED_NAMES.test(part) && !/^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(part)),
    )
    expect(wrong).toEqual([])
  })

  it('opens every file with one sentence on what it hides', () => {
    const opening = /^(#!.*\n)?('use client'\n+|import 'server-only'\n+)?\s*\/[/*]/
    expect(codeFiles().filter((file) => !isTest(file) && !opening.test(textOf(file)))).toEqual([])
  })

  it('has no escape from lint or types', () => {
    const escape = new RegExp(['eslint-' + 'disable', '@ts-' + '(ignore|expect-error|nocheck)'].join('|'))
    expect(codeFiles().filter((file) => escape.test(textOf(file)))).toEqual([])
  })
})
