// Times the board's reads beside the same statements on raw better-sqlite3. Own process: what it wraps would slow nobody else. In: the database. Out: JSON of both medians in ms of the processor, from which other programs on the machine do not take.
import { Database } from '../sqlite-driver.mjs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { alternate, median } from '../../bin/bench/http.mjs'

const [file, bundle] = process.argv.slice(2)
const ROUNDS = 40

// While `asked` is a list, every statement that the product runs is noted in it, with its parameters.
let asked = null
const { prepare } = Database.prototype
Database.prototype.prepare = function (sql) {
  const statement = prepare.call(this, sql)
  const { all, get, raw } = Object.getPrototypeOf(statement)
  const noting = (method) => (...parameters) => {
    asked?.push({ sql, parameters })
    return method.apply(statement, parameters)
  }
  return Object.assign(statement, { all: noting(all), get: noting(get), raw: (...how) => raw.apply(statement, how) })
}

const { boardReader } = await import(pathToFileURL(path.resolve(bundle)).href)
const reader = await boardReader(file)
await reader.read()
asked = []
await reader.read()
const statements = asked
asked = null
Database.prototype.prepare = prepare

const db = new Database(file, { readonly: true })
const isJson = (value) => typeof value === 'string' && /^[{[]/.test(value)
const prepared = statements.map(({ sql, parameters }) => {
  const statement = db.prepare(sql)
  const sample = statement.raw().all(...parameters)[0] ?? []
  return { statement, parameters, json: sample.flatMap((value, column) => (isJson(value) ? [column] : [])) }
})
const readRaw = () => prepared.map(({ statement, parameters, json }) => {
  const rows = statement.all(...parameters)
  for (const row of rows) for (const column of json) row[column] = JSON.parse(row[column])
  return rows
})
const timed = (work) => async () => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
const found = await alternate(ROUNDS, { product: timed(reader.read), raw: timed(readRaw) })
console.log(JSON.stringify({ product: median(found.product), raw: median(found.raw), statements: statements.length, rows: readRaw().reduce((sum, rows) => sum + rows.length, 0) }))
db.close()
await reader.close()
