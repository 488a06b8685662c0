// What Next is told; free of environment switches, because it is read again when the server runs.

/** @type {import('next').NextConfig} */
const config = {
  typedRoutes: true,
  reactCompiler: false,
  poweredByHeader: false,
  // The server in front sends finished, compressed public documents; what goes through Next is small or streamed.
  compress: true,
  images: { unoptimized: true },
  // Native and driver packages are loaded by Node, not bundled.
  serverExternalPackages: ['better-sqlite3', 'better-sqlite3-node-api', 'postgres', 'pino', '@electric-sql/pglite', 'yjs', 'nodemailer'],
  // Types are checked once, over everything, by `npm run typecheck` (part of `npm test`); a first start should not wait for it again.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
}

export default config
