/** Reads PromQL without asking Prometheus: where its syntax breaks, and which metrics it names. */
import 'server-only'
import { parser } from '@prometheus-io/lezer-promql'

export interface SyntaxFault {
  /** Offset of the first character that does not fit. */
  readonly at: number
  readonly message: string
}

/** The first fault of an expression; `null` when it parses. Types are not checked (`rate(up)` parses): Prometheus says that. */
export function syntaxFault(promql: string): SyntaxFault | null {
  if (promql.trim() === '') return { at: 0, message: 'The query is empty.' }
  let at: number | null = null
  parser.parse(promql).iterate({
    enter: (node) => {
      if (node.type.isError && at === null) at = node.from
      return at === null
    },
  })
  if (at === null) return null
  const near = promql.slice(at, at + 20).trim()
  return { at, message: near === '' ? 'The query ends too early.' : `The query cannot be read from "${near}".` }
}

/** Names of the metrics in an expression, each once. */
export function metricNames(promql: string): readonly string[] {
  const names = new Set<string>()
  parser.parse(promql).iterate({
    enter: (node) => {
      if (node.name === 'Identifier' && node.node.parent?.name === 'VectorSelector') names.add(promql.slice(node.from, node.to))
    },
  })
  return [...names]
}

/** The shape of an expression: the names of its nodes in order. Two queries of one template must have the same shape whatever the values. */
export function shape(promql: string): string {
  const names: string[] = []
  parser.parse(promql).iterate({ enter: (node) => { names.push(node.type.isError ? '!' : node.name) } })
  return names.join(' ')
}
