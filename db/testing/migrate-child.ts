/** A process that migrates a file and says when it begins, so that a test can kill it on the way. */
import { Database } from '@/db/sqlite-driver.mjs'
import { migrateSqlite } from '@/db/migrate-sqlite'

const [path = '', folder = ''] = process.argv.slice(2)
const raw = new Database(path)
process.stdout.write('begins\n', () => void migrateSqlite(raw, { path, folder, migrate: true }))
