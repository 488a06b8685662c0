/** Fills a log's texts with many records and times the product's search beside the bare FTS query; prints both in milliseconds of this process's work for the same queries. */
import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import { matchOf, searchTexts, wordsIn } from '@/db/search'
import { openStore } from '@/db/store'

const ROUNDS = 7
const LIMIT = 31
const [file = '', words = '100000'] = process.argv.slice(2)
const count = Number(words)

// A small generator of its own, so that every run searches the same texts.
let seed = 7
const random = (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed / 2_147_483_648
}
const WORDS = Array.from({ length: 6_000 }, (_, index) => createHash('sha256').update(`word ${index}`).digest('hex').replace(/[0-9]/g, '').slice(0, 4 + (index % 6)) || 'word')
/** Some words are in every other text and most in few, as in any language. */
const word = (): string => WORDS[Math.floor(random() ** 3 * WORDS.length)] ?? 'word'

const store = await openStore(`file:${file}`, { migrate: true })
const raw = store.sqlite
if (!raw) throw new Error('the bench of the search wants the embedded database')
const insert = raw.prepare('insert into free_text (hash, salt, text, owner_kind, owner_id, subject_id, author_id) values (?, ?, ?, ?, ?, null, ?)')
raw.exec('begin')
for (let index = 0; index < count; index += 1) {
  insert.run(createHash('sha256').update(`text ${index}`).digest('hex'), '00', Array.from({ length: 16 }, word).join(' '), 'release', `release-${index % 500}`, 'p')
}
raw.exec('commit')

const queries = Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? word() : `${word()} ${word().slice(0, 4)}`))
const bareDatabase = new Database(file, { readonly: true })
const bareQuery = bareDatabase.prepare('select rowid from search_text where search_text match ? order by rank limit ?')
const bare = (): void => {
  for (const query of queries) bareQuery.all(matchOf(wordsIn(query)), LIMIT)
}
let found = 0
const product = async (): Promise<void> => {
  found = 0
  for (const query of queries) found += (await searchTexts(store, query, LIMIT)).length
}

async function work(run: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const times: { bare: number[]; product: number[] } = { bare: [], product: [] }
bare()
await product()
for (let round = 0; round < ROUNDS; round += 1) {
  times.bare.push(await work(bare))
  times.product.push(await work(product))
}
console.log(JSON.stringify({ count, queries: queries.length, found, bare: median(times.bare), product: median(times.product) }))
await store.close()
