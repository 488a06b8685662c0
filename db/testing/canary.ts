/** Puts a word into every text column of every table, those of later migrations too, so that a test can look for it wherever it must not be. */
import { getTableColumns, getTableName } from 'drizzle-orm'
import type { Store } from '@/db/store'

/**
 * Adds one row to each table. In: a store in memory, the word, and tables (by their names in the database) that must hold nothing but what the product wrote,
 * because it parses what it reads there. Out: `table.column` of every column that has the word now.
 */
export function fillWithWord(store: Store, word: string, except: ReadonlySet<string>): readonly string[] {
  const { sqlite } = store
  if (sqlite === null) throw new Error('only the embedded database can be filled')
  sqlite.pragma('foreign_keys = OFF')
  const filled: string[] = []
  for (const table of Object.values(store.t)) {
    const name = getTableName(table)
    if (except.has(name)) continue
    const columns = Object.values(getTableColumns(table))
    const isText = (type: string) => /text|char/i.test(type)
    const values = columns.map((column) => (isText(column.getSQLType()) ? (column.dataType === 'json' ? JSON.stringify({ [word]: word }) : `${word} ${name}.${column.name}`) : /blob/i.test(column.getSQLType()) ? Buffer.from(word) : 1))
    const names = columns.map((column) => `"${column.name}"`).join(', ')
    sqlite.prepare(`insert into "${name}" (${names}) values (${columns.map(() => '?').join(', ')})`).run(...values)
    filled.push(...columns.filter((column) => isText(column.getSQLType())).map((column) => `${name}.${column.name}`))
  }
  sqlite.pragma('foreign_keys = ON')
  return filled
}
