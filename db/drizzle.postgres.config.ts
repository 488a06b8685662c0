/** drizzle-kit's settings for postgres: `npx drizzle-kit generate --config db/drizzle.postgres.config.ts --name what-changes`, for both dialects together. */
import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: 'postgresql', schema: './db/schema.postgres.ts', out: './db/migrations/postgres' })
