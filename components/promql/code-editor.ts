/** Hides CodeMirror: makes a PromQL editor in an element. Loaded only when somebody writes a query. */
import { autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap, completionStatus } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching, defineLanguageFacet, HighlightStyle, Language, languageDataProp, syntaxHighlighting } from '@codemirror/language'
import { linter, setDiagnostics, type Diagnostic } from '@codemirror/lint'
import { Compartment, EditorState } from '@codemirror/state'
import { Decoration, EditorView, keymap, MatchDecorator, placeholder as ghost, ViewPlugin, type DecorationSet } from '@codemirror/view'
import { Parser, type Input, type PartialParse, type TreeFragment } from '@lezer/common'
import { tags } from '@lezer/highlight'
import { PromQLExtension } from '@prometheus-io/codemirror-promql'
import { parser } from '@prometheus-io/lezer-promql'
import { maskPlaceholders } from '@/lib/domain/preset/placeholder'
import { completionSource } from './completion-source'
import { theme } from './theme'

export interface CodeEditor {
  /** Puts other text in, such as a preset's; what is there already stays untouched. */
  setValue(value: string): void
  /** Names and describes it for screen readers. */
  setAttributes(attributes: Readonly<Record<string, string>>): void
  /** Where completion comes from; `null` completes functions and keywords only. */
  setSource(sourceId: string | null): void
  focus(): void
  destroy(): void
}

interface Parts {
  readonly parent: HTMLElement
  readonly value: string
  readonly placeholder: string
  readonly attributes: Readonly<Record<string, string>>
  readonly sourceId: string | null
  readonly hasFocus: boolean
  readonly onChange: (value: string) => void
  /** Faults as marked: the first one's words, or `null`. */
  readonly onFault: (message: string | null) => void
  readonly onTrouble: (message: string) => void
}

/** Parses a template as if its placeholders were filled; queries are short, so the text is read whole. */
class TemplateParser extends Parser {
  constructor(private readonly inner: Parser) {
    super()
  }
  override createParse(input: Input, fragments: readonly TreeFragment[], ranges: readonly { from: number; to: number }[]): PartialParse {
    return this.inner.startParse(maskPlaceholders(input.read(0, input.length)), fragments, ranges)
  }
}

/** Weight and tone, no hue: colour is kept for state. */
const INK = HighlightStyle.define([
  { tag: [tags.function(tags.variableName), tags.keyword, tags.operatorKeyword, tags.modifier], fontWeight: '600' },
  { tag: [tags.string, tags.number, tags.labelName], color: 'var(--ink-2)' },
  { tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
])

const chips = new MatchDecorator({ regexp: /\$(?:sel|base|w)\b/g, decoration: Decoration.mark({ class: 'cm-placeholder-chip' }) })
const placeholderChips = ViewPlugin.fromClass(class {
  marks: DecorationSet
  constructor(view: EditorView) {
    this.marks = chips.createDeco(view)
  }
  update(update: Parameters<typeof chips.updateDeco>[0]) {
    this.marks = chips.updateDeco(update, this.marks)
  }
}, { decorations: (plugin) => plugin.marks })

/** Faults of the syntax and of the types, as Prometheus' own linter finds them; one at the very end means that the query is not finished. */
function faultsIn(view: EditorView, lint: (view: EditorView) => readonly Diagnostic[]): Diagnostic[] {
  const text = view.state.doc.toString()
  if (text.trim() === '') return []
  const found = lint(view).filter((one) => !(one.message.includes('non-empty matcher') && text.slice(one.from, one.to).includes('$')))
  let open: number | null = null
  parser.parse(maskPlaceholders(text)).iterate({ enter: (node) => { if (node.type.isError) open ??= node.from } })
  if (open !== null && !found.some((one) => one.severity === 'error')) {
    const from = Math.max(0, Math.min(open, text.length - 1))
    const near = text.slice(from, from + 20).trim()
    return [{ from, to: Math.max(from + 1, Math.min(text.length, from + near.length)), severity: 'error', message: open >= text.trimEnd().length ? 'The query ends too early.' : `The query cannot be read from "${near}".` }]
  }
  return [...found]
}

/** Makes the editor. In: its element and first text. Out: the way to feed it. */
export function makeCodeEditor(parts: Parts): CodeEditor {
  const attributes = new Compartment()
  const completion = new Compartment()
  const promql = new PromQLExtension()
  const data = defineLanguageFacet({ commentTokens: { line: '#' }, closeBrackets: { brackets: ['(', '[', '{', "'", '"', '`'] } })
  const language = new Language(data, new TemplateParser(parser.configure({ props: [languageDataProp.add((type) => (type.isTop ? data : undefined))] })), [], 'promql')
  const check = promql.getLinter().promQL()
  const lint = (shown: EditorView) => {
    const found = check(shown)
    return Array.isArray(found) ? found : []
  }
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''
  let isTold = false
  const completeFrom = (sourceId: string | null) => {
    const trouble = (message: string) => {
      if (!isTold) parts.onTrouble(message)
      isTold = true
    }
    if (sourceId !== null) promql.setComplete({ remote: completionSource(sourceId, trouble) })
    return language.data.of({ autocomplete: (context: Parameters<ReturnType<typeof promql.getComplete>['promQL']>[0]) => promql.getComplete().promQL(context) })
  }
  const view = new EditorView({
    parent: parts.parent,
    state: EditorState.create({
      doc: parts.value,
      extensions: [
        EditorView.cspNonce.of(nonce), theme, EditorView.lineWrapping, history(), bracketMatching(), closeBrackets(), placeholderChips, ghost(parts.placeholder),
        language, completion.of(completeFrom(parts.sourceId)), syntaxHighlighting(INK),
        autocompletion({ icons: false, maxRenderedOptions: 9 }),
        linter((shown) => {
          const found = faultsIn(shown, lint)
          parts.onFault(found.find((one) => one.severity === 'error')?.message ?? null)
          return found
        }, { delay: 200 }),
        // Tab moves on as in every form; Escape closes the list first, and only then the dialog.
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        attributes.of(EditorView.contentAttributes.of({ ...parts.attributes })),
        EditorView.updateListener.of((update) => { if (update.docChanged) parts.onChange(update.state.doc.toString()) }),
      ],
    }),
  })
  const escape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || completionStatus(view.state) !== 'active') return
    closeCompletion(view)
    event.preventDefault()
    event.stopPropagation()
  }
  view.dom.addEventListener('keydown', escape, true)
  if (parts.hasFocus) {
    view.focus()
    view.dispatch({ selection: { anchor: view.state.doc.length } })
  }
  return {
    setValue(value) {
      const now = view.state.doc.toString()
      if (now === value) return
      view.dispatch({ changes: { from: 0, to: now.length, insert: value } })
      view.dispatch(setDiagnostics(view.state, []))
    },
    setAttributes: (next) => view.dispatch({ effects: attributes.reconfigure(EditorView.contentAttributes.of({ ...next })) }),
    setSource(sourceId) {
      isTold = false
      view.dispatch({ effects: completion.reconfigure(completeFrom(sourceId)) })
    },
    focus: () => view.focus(),
    destroy() {
      view.destroy()
      promql.destroy()
    },
  }
}
