// Builds the floor of the bench in a folder of its own: an app of the same framework version with an empty page and plain dynamic pages.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const LAYOUT = `export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html> }\n`
const EMPTY = `export default function Page() { return <p>Empty</p> }\n`
// As many elements as the board's first HTML has, in rows as deep as its rows, each with a class and a word; nothing is read, nothing is computed.
const PLAIN = `import { connection } from 'next/server'
export default async function Page({ searchParams }) {
  await connection()
  const count = Number((await searchParams).elements ?? 200)
  const rows = Math.ceil(count / 10)
  return <main>{Array.from({ length: rows }, (_, row) => (
    <div key={row} className="row"><div className="cell"><h3 className="title"><a href={'/r/' + row} className="link"><span className="code">R-{row}</span><span className="name">Name {row}</span></a></h3><p className="place">Place</p></div><p className="line"><span className="word">A sentence about row {row}</span></p></div>
  ))}<i id="end">end</i></main>
}
`

/** In: the product's folder and the folder to build in. Out: nothing; `next start` runs there afterwards. Throws when the build fails. */
export function buildFixture(root, folder) {
  mkdirSync(path.join(folder, 'app', 'plain'), { recursive: true })
  const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const { next, react } = dependencies
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'floor', private: true, type: 'module', dependencies: { next, react, 'react-dom': dependencies['react-dom'] } }))
  writeFileSync(path.join(folder, 'next.config.js'), 'export default { poweredByHeader: false, turbopack: { root: import.meta.dirname } }\n')
  writeFileSync(path.join(folder, 'app', 'layout.jsx'), LAYOUT)
  writeFileSync(path.join(folder, 'app', 'page.jsx'), EMPTY)
  writeFileSync(path.join(folder, 'app', 'plain', 'page.jsx'), PLAIN)
  copyPackages(root, folder)
  const { status, stdout, stderr } = spawnSync(process.execPath, ['node_modules/next/dist/bin/next', 'build'], { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' } })
  if (status !== 0) throw new Error(`the floor's app could not be built:\n${stdout}\n${stderr}`)
}

// Turbopack refuses a linked node_modules, so the few packages that the framework needs are copied, from the very ones of the product.
function copyPackages(root, folder) {
  const wanted = new Set()
  const add = (name) => {
    const from = path.join(root, 'node_modules', name)
    if (wanted.has(name)) return
    let manifest
    try {
      manifest = JSON.parse(readFileSync(path.join(from, 'package.json'), 'utf8'))
    } catch {
      return // an optional package of another platform
    }
    wanted.add(name)
    for (const other of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) add(other)
  }
  for (const name of ['next', 'react', 'react-dom']) add(name)
  for (const name of wanted) cpSync(path.join(root, 'node_modules', name), path.join(folder, 'node_modules', name), { recursive: true, dereference: true })
}
