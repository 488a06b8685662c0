/** drizzle-kit's settings for sqlite: `npx drizzle-kit generate --config db/drizzle.sqlite.config.ts --name what-changes`, for both dialects together. */
import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: 'sqlite', schema: './db/schema.sqlite.ts', out: './db/migrations/sqlite' })
