// Who may import whom, as data: eslint.config.js makes lint rules of it, and import-graph.test.ts walks the real graph by the same table.

/**
 * domain ← db ← server ← app, domain ← client ← components ← app. `mayReach` names the zones a zone may import beside itself.
 * `public` is what server.ts serves and shares with everyone; it knows the domain and the components of the status page only.
 */
export const ZONES = [
  { name: 'domain', folder: 'lib/domain', mayReach: [] },
  { name: 'public', folder: 'lib/public', mayReach: ['domain', 'components'] },
  { name: 'db', folder: 'db', mayReach: ['domain', 'public'] },
  { name: 'server', folder: 'lib/server', mayReach: ['domain', 'public', 'db'] },
  { name: 'client', folder: 'lib/client', mayReach: ['domain'] },
  { name: 'components', folder: 'components', mayReach: ['domain', 'client'] },
  { name: 'app', folder: 'app', mayReach: ['domain', 'public', 'server', 'client', 'components'] },
]

/** Packages that only db/ may import. */
export const STORE_PACKAGES = ['drizzle-orm', 'better-sqlite3', 'better-sqlite3-node-api', 'postgres', '@electric-sql/pglite', 'drizzle-kit']

/** The store without `connection()`: a screen that reads it could be prerendered stale. */
export const RAW_STORE = 'lib/server/raw-store'

const NO_DRIVERS = { group: STORE_PACKAGES.flatMap((name) => [name, `${name}/**`]), message: 'Only db/ talks to the database drivers; what a test does to rows is in db/testing/.' }

function forbiddenFor(zone) {
  const patterns = ZONES.filter((other) => other !== zone && !zone.mayReach.includes(other.name)).map((other) => ({
    group: [`@/${other.folder}`, `@/${other.folder}/**`],
    message: `${zone.folder} may not know ${other.folder}; imports go one way (ARCHITECTURE.md).`,
  }))
  if (zone.name !== 'db') patterns.push(NO_DRIVERS)
  if (zone.name === 'domain') {
    patterns.push({ regex: '^(?!zod$|@/lib/domain/|\\./|\\.\\./)', message: 'The domain is pure: it imports zod and itself, nothing else.' })
  }
  if (zone.name === 'client' || zone.name === 'components') {
    patterns.push({ group: ['zod', 'zod/**', 'server-only', 'node:*'], message: 'Neither zod nor server code runs in the browser.' })
  }
  if (zone.name === 'app') {
    patterns.push({ group: [`@/${RAW_STORE}`], message: 'Screens and routes open the store through lib/server/store, which awaits connection().' })
  }
  return patterns
}

/** The lint configuration of every zone. In: globs of test files, which may import what they test with; but the database drivers are db/'s alone. */
export function importsOf(testFiles) {
  return [
    { files: testFiles, ignores: ['db/**'], rules: { 'no-restricted-imports': ['error', { patterns: [NO_DRIVERS] }] } },
    ...ZONES.map((zone) => ({
      files: [`${zone.folder}/**/*.ts`, `${zone.folder}/**/*.tsx`],
      ignores: testFiles,
      rules: { 'no-restricted-imports': ['error', { patterns: forbiddenFor(zone) }] },
    })),
  ]
}
