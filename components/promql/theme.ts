/** How the PromQL editor looks: a control like every other, its list a surface like every other, by the tokens of the theme. */
import { EditorView } from '@codemirror/view'

export const theme = EditorView.theme({
  '&': { border: '1px solid var(--line-strong)', borderRadius: '6px', background: 'var(--surface)', color: 'var(--ink)', fontSize: '12px' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-1px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '18px', maxHeight: '240px', overflow: 'auto' },
  '.cm-content': { padding: '7px 0', minHeight: '78px', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 10px' },
  '.cm-placeholder': { color: 'var(--ink-3)' },
  '.cm-placeholder-chip': { background: 'var(--sunken)', borderRadius: '4px', boxShadow: '0 0 0 1px var(--line)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { background: 'var(--open-bg)' },
  '.cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket': { background: 'var(--failed-bg)' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--failed) 1px', textUnderlineOffset: '3px' },
  '.cm-lintRange-warning, .cm-lintRange-info': { backgroundImage: 'none', textDecoration: 'underline wavy var(--waiting) 1px', textUnderlineOffset: '3px' },
  '.cm-tooltip': { border: '1px solid var(--line)', borderRadius: '6px', background: 'var(--surface)', color: 'var(--ink)', boxShadow: 'var(--shadow)', overflow: 'hidden' },
  '.cm-diagnostic': { padding: '4px 10px', borderLeft: 'none', fontFamily: 'var(--font-sans)', fontSize: '12px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)', fontSize: '12px', maxHeight: 'none', overflow: 'hidden', maxWidth: 'min(480px, 84vw)' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px !important' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { background: 'var(--open-bg) !important', color: 'var(--ink) !important' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-completionDetail': { color: 'var(--ink-3)', fontStyle: 'normal', marginLeft: '12px' },
  '.cm-tooltip.cm-completionInfo': { padding: '6px 10px', maxWidth: '320px', fontFamily: 'var(--font-sans)', fontSize: '12px' },
})
