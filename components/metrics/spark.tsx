/** A small line of a metric with its limit, drawn on the server; the value stands beside it as text. */

interface SparkProps {
  /** Values in time order; `null` is a gap that is not bridged. */
  points: readonly (number | null)[]
  limit?: number | null | undefined
  width?: number
  height?: number
  /** Read out in place of the line; decoration when absent. */
  label?: string
}

/** The line. With fewer than two values it says nothing and draws nothing. */
export function Spark({ points, limit, width = 84, height = 22, label }: SparkProps) {
  const known = points.filter((p): p is number => p !== null && Number.isFinite(p))
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  if (known.length < 2) return <svg width={width} height={height} {...named} />
  const all = limit === null || limit === undefined ? known : [...known, limit]
  const low = Math.min(...all)
  const span = Math.max(...all) - low || 1
  const x = (i: number) => round(((width - 4) * i) / (points.length - 1))
  const y = (value: number) => round(height - 3 - ((height - 6) * (value - low)) / span)
  let d = ''
  let isDown = false
  points.forEach((p, i) => {
    if (p === null || !Number.isFinite(p)) isDown = false
    else {
      d += `${isDown ? 'L' : 'M'}${x(i)} ${y(p)}`
      isDown = true
    }
  })
  const end = points.findLastIndex((p) => p !== null && Number.isFinite(p))
  const endValue = points[end]
  // Numbers and constants only, as text: lists draw hundreds of them.
  const line = limit !== null && limit !== undefined ? `<line x1="0" x2="${width}" y1="${y(limit)}" y2="${y(limit)}" stroke="var(--failed)" stroke-dasharray="2 2" opacity="0.8"/>` : ''
  const dot = typeof endValue === 'number' ? `<circle cx="${x(end)}" cy="${y(endValue)}" r="2" fill="var(--ink-2)"/>` : ''
  const drawing = `${line}<path d="${d}" fill="none" stroke="var(--ink-2)" stroke-width="1.4" stroke-linejoin="round" stroke-linecap="round"/>${dot}`
  return <svg width={width} height={height} className="shrink-0" {...named} dangerouslySetInnerHTML={{ __html: drawing }} />
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
