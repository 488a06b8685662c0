// Bundles the TypeScript that runs outside of Next: server.ts and the command line. Native and other packages stay outside.
import { build } from 'esbuild'

const COMMON = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  jsx: 'automatic',
  logLevel: 'warning',
  // Next replaces the real package inside its own bundles; outside of them it would only throw.
  alias: {
    'server-only': './node_modules/server-only/empty.js',
    // Plain Node wants the file's name where Next's package has no exports map.
    'next/server': 'next/server.js',
    'next/headers': 'next/headers.js',
    'next/navigation': 'next/navigation.js',
  },
}

/** Bundles one entry. In: paths from the root, which is the working directory. */
export async function bundle(entry, outfile) {
  await build({ ...COMMON, entryPoints: [entry], outfile })
}
