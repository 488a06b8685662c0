/** Charts as a table: one line per instant, candidate and stable beside one another, exactly the numbers that are drawn. */
import type { PanelView } from './panel-view'

type Drawn = Pick<PanelView, 'title' | 'unit' | 'candidate' | 'stable'>

/** A field by RFC 4180. What a spreadsheet would run as a formula is made text. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function lines({ candidate, stable }: Drawn): readonly string[] {
  const [own, beside] = [new Map(candidate), new Map(stable)]
  const times = [...new Set([...own.keys(), ...beside.keys()])].sort((a, b) => a - b)
  return times.map((at) => `${new Date(at * 1000).toISOString()},${own.get(at) ?? ''},${beside.get(at) ?? ''}`)
}

/** One panel. Columns: time (ISO, UTC), candidate, stable; base unit; an empty field is a gap. */
export function panelCsv(panel: Drawn): string {
  return ['time,candidate,stable', ...lines(panel), ''].join('\r\n')
}

/** All panels, one after the other, with title and base unit before the same columns. */
export function panelsCsv(panels: readonly Drawn[]): string {
  const rows = panels.flatMap((panel) => lines(panel).map((line) => `${field(panel.title)},${field(panel.unit)},${line}`))
  return ['panel,unit,time,candidate,stable', ...rows, ''].join('\r\n')
}
