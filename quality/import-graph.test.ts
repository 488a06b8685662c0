/** Proves on the real import graph what the lint rules say file by file: imports go one way, also through relative paths and over several steps. */
import { beforeAll, describe, expect, it } from 'vitest'
import { RAW_STORE, STORE_PACKAGES, ZONES } from '@/quality/import-rules.js'
import { codeFiles, importsOfFile, isTest, type Edge } from '@/quality/source-files'

let all: Edge[] = []
let edges: Edge[] = []

beforeAll(() => {
  all = codeFiles().flatMap(importsOfFile)
  edges = all.filter((edge) => !isTest(edge.from))
})

function zoneOf(file: string) {
  return ZONES.find((zone) => file.startsWith(`${zone.folder}/`))
}

function isPackage(edge: Edge, names: readonly string[]): boolean {
  return edge.isPackage && names.some((name) => edge.to === name || edge.to.startsWith(`${name}/`))
}

const show = (edge: Edge) => `${edge.from} → ${edge.to}`

describe('the import graph', () => {
  it('is read at all', () => {
    expect(edges.filter((edge) => !edge.isPackage).length).toBeGreaterThan(100)
  })

  it('goes one way between the layers, types included', () => {
    const wrong = edges.filter((edge) => {
      const from = zoneOf(edge.from)
      const to = edge.isPackage ? undefined : zoneOf(edge.to)
      return from && to && from !== to && !from.mayReach.some((name) => name === to.name)
    })
    expect(wrong.map(show)).toEqual([])
  })

  it('has nothing that imports app/', () => {
    expect(edges.filter((edge) => edge.to.startsWith('app/') && !edge.from.startsWith('app/')).map(show)).toEqual([])
  })

  it('keeps the domain to zod and itself', () => {
    const wrong = edges.filter((edge) => edge.from.startsWith('lib/domain/') && !(edge.isPackage ? edge.to === 'zod' : edge.to.startsWith('lib/domain/')))
    expect(wrong.map(show)).toEqual([])
  })

  it('lets only db/ talk to the database packages, also in tests', () => {
    expect(all.filter((edge) => isPackage(edge, STORE_PACKAGES) && !edge.from.startsWith('db/')).map(show)).toEqual([])
  })

  it('keeps the raw store out of screens and routes', () => {
    expect(edges.filter((edge) => edge.from.startsWith('app/') && edge.to.startsWith(RAW_STORE)).map(show)).toEqual([])
  })

  it('lets the public documents use the components of the status page only', () => {
    const wrong = edges.filter((edge) => edge.from.startsWith('lib/public/') && edge.to.startsWith('components/') && !edge.to.startsWith('components/status/'))
    expect(wrong.map(show)).toEqual([])
  })

  it('brings no zod and no server code into the browser', () => {
    const loads = new Map<string, Edge[]>()
    for (const edge of edges) if (!edge.isTypeOnly) loads.set(edge.from, [...(loads.get(edge.from) ?? []), edge])
    const wrong: string[] = []
    for (const start of [...loads.keys()].filter((file) => file.startsWith('components/') || file.startsWith('lib/client/'))) {
      const seen = new Set<string>()
      const open = [start]
      for (let file = open.pop(); file !== undefined; file = open.pop()) {
        for (const edge of loads.get(file) ?? []) {
          if (isPackage(edge, ['zod', 'server-only'])) wrong.push(`${start} … ${show(edge)}`)
          if (!edge.isPackage && !seen.has(edge.to)) {
            seen.add(edge.to)
            open.push(edge.to)
          }
        }
      }
    }
    expect(wrong).toEqual([])
  })

  it('makes every file of lib/server refuse to run in the browser', () => {
    const guarded = new Set(edges.filter((edge) => edge.to === 'server-only').map((edge) => edge.from))
    expect(codeFiles().filter((file) => file.startsWith('lib/server/') && !isTest(file) && !guarded.has(file))).toEqual([])
  })

  it('runs in no circle of files, types included', () => {
    const after = new Map<string, readonly string[]>()
    for (const { from, to, isPackage: isOutside } of all) if (!isOutside) after.set(from, [...(after.get(from) ?? []), to])
    const circles: string[] = []
    const done = new Set<string>()
    const way: string[] = []
    const go = (file: string): void => {
      if (way.includes(file)) return void circles.push([...way.slice(way.indexOf(file)), file].join(' → '))
      if (done.has(file)) return
      way.push(file)
      for (const next of after.get(file) ?? []) go(next)
      way.pop()
      done.add(file)
    }
    for (const file of after.keys()) go(file)
    expect(circles).toEqual([])
  })
})
