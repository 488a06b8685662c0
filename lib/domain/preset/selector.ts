/** Turns a map of labels into PromQL matchers that no value can break out of, and fills query templates with them. */

/** Label → value. A value that ends in `*` matches by prefix ("llama-*"); everything else matches exactly. */
export type Selectors = Readonly<Record<string, string>>

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/

/** Whether a text may stand as a label name in a matcher. `__name__` is refused: the metric is the preset's to choose. */
export function isLabelName(name: string): boolean {
  return LABEL_NAME.test(name) && name !== '__name__'
}

/** A PromQL string literal: backslash, quote and every control character are escaped, so that the value stays a value. */
export function quote(value: string): string {
  let out = '"'
  for (const char of value) {
    const code = char.codePointAt(0) ?? 0
    if (char === '\\' || char === '"') out += `\\${char}`
    else if (char === '\n') out += '\\n'
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`
    else if (code === 0x2028 || code === 0x2029 || code === 0xfeff) out += `\\u${code.toString(16).padStart(4, '0')}`
    else if (code >= 0xd800 && code <= 0xdfff) out += '\\ufffd' // a lone half of a pair is no character
    else out += char
  }
  return `${out}"`
}

/** A matcher for one label. Throws nothing; an impossible label name gives `null`. */
function matcher(name: string, value: string): string | null {
  if (!isLabelName(name)) return null
  if (value.endsWith('*') && value.length > 1) {
    const literal = value.slice(0, -1).replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')
    return `${name}=~${quote(`${literal}.*`)}`
  }
  return `${name}=${quote(value)}`
}

/** The matchers of a selector, sorted so that equal selectors give equal queries (shared polls). Refused label names are left out; check them first with `isLabelName`. */
export function matchers(selectors: Selectors): string {
  return Object.entries(selectors)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => matcher(name, value))
    .filter((text): text is string => text !== null)
    .join(',')
}

/** Labels that tell one version of a model from another, over the stacks that we know. */
const VERSION_LABELS: ReadonlySet<string> = new Set([
  'version', 'model_version', 'service_version', 'revision_name', 'kn_revision_name', 'revision', 'model_internal', 'image_tag', 'track',
])

/** The selector without what names the version: all traffic of the model. */
export function withoutVersion(selectors: Selectors): Selectors {
  return Object.fromEntries(Object.entries(selectors).filter(([name]) => !VERSION_LABELS.has(name)))
}

/** A PromQL duration for whole seconds, at least one. */
export function duration(seconds: number): string {
  return `${Math.max(1, Math.round(seconds))}s`
}

/** `$w`, or a placeholder of matchers together with the comma on either side of it. */
const PLACEHOLDER = /\$w\b|(,\s*)?\$(sel|base)\b(\s*,)?/g

/**
 * Fills a template. In: PromQL with `$sel`, `$base`, `$w`; selector; window in seconds. Out: the query as it is sent.
 * One pass over the template, so that text which comes from values is never looked at again; `{$sel,a="b"}` without a selector becomes `{a="b"}`.
 */
export function fillQuery(template: string, selectors: Selectors, windowSeconds: number): string {
  const texts: Readonly<Record<string, string>> = { sel: matchers(selectors), base: matchers(withoutVersion(selectors)) }
  return template.replace(PLACEHOLDER, (whole: string, before: string | undefined, name: string | undefined, after: string | undefined) => {
    if (name === undefined) return whole === '$w' ? duration(windowSeconds) : whole
    const text = texts[name] ?? ''
    if (text !== '') return `${before ?? ''}${text}${after ?? ''}`
    return before !== undefined && after !== undefined ? ',' : ''
  })
}
