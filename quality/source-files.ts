/** Hides how the checks of the tree find the source files, read their imports and resolve them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

export const ROOT = path.join(import.meta.dirname, '..')
const FOLDERS = ['app', 'components', 'db', 'lib', 'e2e', 'bin', 'quality']
const CODE = /\.(ts|tsx|js|mjs)$/

/** Every code file of the tree, as a path relative to the root, tests included; generated files and migrations are not listed. */
export function codeFiles(): string[] {
  const nested = FOLDERS.flatMap((folder) => (existsSync(path.join(ROOT, folder)) ? walk(folder) : []))
  const top = readdirSync(ROOT).filter((name) => CODE.test(name) && name !== 'next-env.d.ts')
  return [...nested, ...top].filter((file) => CODE.test(file) && !isGenerated(file))
}

/** Generated code and plain data (lists of values) are not read as prose and have no size limit. */
function isGenerated(file: string): boolean {
  return file.startsWith('db/migrations/') || /\.(gen|data)\.(ts|js|mjs)$/.test(file) || file.endsWith('.d.ts')
}

function walk(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`
    return entry.isDirectory() ? walk(file) : [file]
  })
}

/** Every folder of the tree that holds code. */
export function codeFolders(): string[] {
  return [...new Set(codeFiles().map((file) => path.posix.dirname(file)))]
}

/** Tests, and what only tests load (`testing/` folders, `e2e/`). */
export function isTest(file: string): boolean {
  return /\.test\.tsx?$|\/testing\//.test(file) || file.startsWith('e2e/')
}

export function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8')
}

export interface Edge {
  readonly from: string
  /** A file of the tree, relative to the root, or the package as it is written. */
  readonly to: string
  readonly isPackage: boolean
  /** Erased at compile time: the module is not loaded for it. */
  readonly isTypeOnly: boolean
}

/** All imports of a file: static, re-exported and dynamic. */
export function importsOfFile(file: string): Edge[] {
  const edges: Edge[] = []
  const source = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true)
  const add = (specifier: string, isTypeOnly: boolean) => {
    const local = resolve(file, specifier)
    edges.push({ from: file, to: local ?? specifier, isPackage: local === null, isTypeOnly })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) add(node.moduleSpecifier.text, isTypeImport(node))
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) add(node.moduleSpecifier.text, node.isTypeOnly)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments
      if (argument && ts.isStringLiteral(argument)) add(argument.text, false)
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) add(node.argument.literal.text, true)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return edges
}

function isTypeImport({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false
  if (importClause.isTypeOnly) return true
  const bindings = importClause.namedBindings
  if (importClause.name || !bindings || !ts.isNamedImports(bindings)) return false
  return bindings.elements.length > 0 && bindings.elements.every((element) => element.isTypeOnly)
}

function resolve(from: string, specifier: string): string | null {
  const base = specifier.startsWith('@/') ? specifier.slice(2) : specifier.startsWith('.') ? path.posix.join(path.posix.dirname(from), specifier) : null
  if (base === null) return null
  // What leads nowhere is reported by the type check.
  return [base, `${base}.ts`, `${base}.tsx`, `${base}.js`, `${base}/index.ts`].find((file) => existsSync(path.join(ROOT, file)) && statSync(path.join(ROOT, file)).isFile()) ?? base
}
