/** Labels as people write them: one `name=value` in a line. */
import type { Labels } from '@/lib/domain/alert/alert'

export function labelsText(labels: Labels): string {
  return Object.entries(labels).map(([name, value]) => `${name}=${value}`).join('\n')
}

/** Out: the labels, or the sentence that says which line cannot be read. */
export function parseLabels(text: string): { readonly labels: Labels; readonly fault: string | null } {
  const labels: Record<string, string> = {}
  for (const line of text.split('\n').map((one) => one.trim()).filter(Boolean)) {
    const at = line.indexOf('=')
    const name = line.slice(0, at).trim()
    const value = line.slice(at + 1).trim().replace(/^"(.*)"$/, '$1')
    if (at < 1 || value === '' || !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) return { labels, fault: `“${line}” is no label; write name=value.` }
    labels[name] = value
  }
  return { labels, fault: null }
}
