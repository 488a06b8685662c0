/** Proves that the rules of the house fire: each forbidden line is refused where it is forbidden, and let through where it belongs. */
import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'
import { ROOT } from '@/quality/source-files'

const eslint = new ESLint({ cwd: ROOT })

async function rulesFor(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath })
  return result?.messages.map((message) => message.ruleId ?? 'parse') ?? []
}

const IMPORTS: readonly [file: string, specifier: string, isAllowed: boolean][] = [
  ['lib/domain/gate/probe.ts', 'zod', true],
  ['lib/domain/gate/probe.ts', 'node:crypto', false],
  ['lib/domain/gate/probe.ts', '@/lib/server/env', false],
  ['lib/domain/gate/probe.ts', '@/db/store', false],
  ['lib/domain/gate/probe.ts', 'react', false],
  ['db/probe.ts', 'drizzle-orm/sqlite-core', true],
  ['db/probe.ts', '@/lib/server/env', false],
  ['lib/server/probe.ts', '@/db/store', true],
  ['lib/server/probe.ts', 'drizzle-orm', false],
  ['lib/server/probe.ts', 'better-sqlite3', false],
  ['lib/server/probe.test.ts', 'drizzle-orm', false],
  ['lib/server/probe.test.ts', '@/components/ui/button', true],
  ['e2e/probe.ts', 'better-sqlite3', false],
  ['db/probe.test.ts', 'drizzle-orm', true],
  ['lib/server/probe.ts', '@/components/ui/button', false],
  ['lib/server/probe.ts', '@/lib/client/queries', false],
  ['lib/client/probe.ts', '@/lib/server/env', false],
  ['lib/client/probe.ts', 'zod', false],
  ['lib/client/probe.ts', '@/lib/domain/aggregate', true],
  ['components/gate/probe.tsx', '@/lib/client/queries', true],
  ['components/gate/probe.tsx', '@/db/schema', false],
  ['components/gate/probe.tsx', '@/app/layout', false],
  ['lib/public/probe.ts', '@/lib/server/env', false],
  ['lib/public/probe.ts', '@/lib/domain/aggregate', true],
  ['app/probe.ts', '@/lib/server/env', true],
  ['app/probe.ts', '@/lib/server/raw-store', false],
  ['app/probe.ts', '@/db/store', false],
]

const SYNTAX: readonly [file: string, code: string, rule: string | null][] = [
  ['app/page.tsx', "'use client'\nexport default function Page() {\n  return null\n}\n", 'no-restricted-syntax'],
  ['components/probe.tsx', "'use client'\nexport function Probe() {\n  return null\n}\n", null],
  ['lib/server/probe.ts', "export async function act() {\n  'use server'\n}\n", 'no-restricted-syntax'],
  ['lib/domain/probe.ts', 'export const a: any = 1\n', '@typescript-eslint/no-explicit-any'],
  ['lib/domain/probe.ts', 'export const f = (a?: string) => a!.length\n', '@typescript-eslint/no-non-null-assertion'],
  ['lib/domain/probe.ts', 'export const f = (a: unknown) => a as string\n', '@typescript-eslint/consistent-type-assertions'],
  ['lib/domain/probe.ts', "export const a = ['x'] as const\n", null],
  ['db/columns.ts', 'export const f = (a: unknown) => a as string\n', null],
  ['lib/domain/probe.ts', "export * from './actor'\n", 'no-restricted-syntax'],
]

describe('the lint rules', () => {
  it.each(IMPORTS)('%s importing %s: allowed is %s', async (file, specifier, isAllowed) => {
    const rules = await rulesFor(file, `import { a } from '${specifier}'\nexport const b = a\n`)
    expect(rules.includes('no-restricted-imports')).toBe(!isAllowed)
  })

  it.each(SYNTAX)('%s: %j → %s', async (file, code, rule) => {
    const rules = await rulesFor(file, code)
    expect(rules).toEqual(rule === null ? [] : [rule])
  })
})
