// The rules of the house that a linter can see: who may import whom, no escape from the types, no client code on pages and routes.
import nextVitals from 'eslint-config-next/core-web-vitals'
import tseslint from 'typescript-eslint'
import { importsOf } from './quality/import-rules.js'

const NO_CLIENT_PAGES = {
  selector: "Program > ExpressionStatement[directive='use client']",
  message: 'A page, layout or route renders on the server; put the interactive part into components/.',
}
const NO_SERVER_ACTIONS = {
  selector: "ExpressionStatement[directive='use server']",
  message: 'No Server Actions: the browser uses the same API as everyone (docs/decisions/005).',
}
const NO_BARRELS = { selector: 'ExportAllDeclaration', message: 'No barrels: import a thing from the file that defines it.' }

const TEST_FILES = ['**/*.test.ts', '**/*.test.tsx', '**/testing/**', 'e2e/**']

export default tseslint.config(
  { ignores: ['node_modules/', '.next/', 'dist/', 'data/', 'next-env.d.ts', 'test-results/', 'playwright-report/', 'coverage/', 'db/migrations/'] },
  ...nextVitals,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strict, ...tseslint.configs.stylistic],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
      // A union of object types reads as well as an interface; both are used for what they say.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // `() => {}` is the honest "nothing to do".
      '@typescript-eslint/no-empty-function': 'off',
      // `void promise` and `() => void act()` say that the answer is not awaited.
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-restricted-syntax': ['error', NO_BARRELS, NO_SERVER_ACTIONS],
    },
  },
  {
    // After signing in or out a full navigation is wanted: it drops everything that the browser held for the person before.
    files: ['components/people/**'],
    rules: { '@next/next/no-location-assign-relative-destination': 'off' },
  },
  {
    // The public documents are whole documents of their own, rendered without Next.
    files: ['lib/public/**'],
    rules: { '@next/next/no-head-element': 'off' },
  },
  {
    files: ['app/**/page.tsx', 'app/**/layout.tsx', 'app/**/route.ts', 'app/**/route.tsx'],
    rules: { 'no-restricted-syntax': ['error', NO_BARRELS, NO_SERVER_ACTIONS, NO_CLIENT_PAGES] },
  },
  ...importsOf(TEST_FILES),
  {
    // The two casts of the code base: Postgres's column vocabulary and database handle take the type of SQLite's, proved by the contract suite on both.
    files: ['db/columns.ts', 'db/write.ts'],
    rules: { '@typescript-eslint/consistent-type-assertions': 'off' },
  },
)
