/** drizzle-kit's settings for postgres; `db/migrations/generate.sh` is the way to run it. */
import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: 'postgresql', schema: './db/schema.postgres.ts', out: './db/migrations/postgres' })
