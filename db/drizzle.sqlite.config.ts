/** drizzle-kit's settings for sqlite; `db/migrations/generate.sh` is the way to run it. */
import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: 'sqlite', schema: './db/schema.sqlite.ts', out: './db/migrations/sqlite' })
