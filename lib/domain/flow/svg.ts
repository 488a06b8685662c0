/** Writes a drawing as a file of its own: SVG with its colours in it, a title for who cannot see it, and room around. */
import { PALETTE, type Theme } from './palette'
import type { Drawing, Ink, Shape } from './shape'

const MARGIN = 20
const TITLE = 50

function escaped(text: string): string {
  // Characters that XML does not know at all would make the file unreadable.
  return [...text].filter((one) => one >= ' ').join('').replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)
}

function attributes(shape: Exclude<Shape, { kind: 'text' }>, ink: (name: Ink) => string): string {
  const { fill, stroke, strokeWidth, dash, opacity } = shape
  return [
    ` fill="${fill ? ink(fill) : 'none'}"`, stroke ? ` stroke="${ink(stroke)}" stroke-width="${strokeWidth ?? 1}"` : '', dash ? ` stroke-dasharray="${dash}"` : '', opacity === undefined ? '' : ` opacity="${opacity}"`,
  ].join('')
}

function written(shape: Shape, ink: (name: Ink) => string): string {
  switch (shape.kind) {
    case 'rect': return `<rect x="${shape.x}" y="${shape.y}" width="${shape.w}" height="${shape.h}"${shape.r ? ` rx="${shape.r}"` : ''}${attributes(shape, ink)}/>`
    case 'circle': return `<circle cx="${shape.x}" cy="${shape.y}" r="${shape.r}"${attributes(shape, ink)}/>`
    case 'path': return `<path d="${shape.d}"${shape.x === undefined && shape.y === undefined ? '' : ` transform="translate(${shape.x ?? 0} ${shape.y ?? 0})${shape.scale ? ` scale(${shape.scale})` : ''}"`}${attributes(shape, ink)}/>`
    case 'text': return `<text x="${shape.x}" y="${shape.y}" font-size="${shape.size}" fill="${ink(shape.fill)}"${shape.isStrong ? ' font-weight="600"' : ''}${shape.anchor && shape.anchor !== 'start' ? ` text-anchor="${shape.anchor}"` : ''}>${escaped(shape.text)}</text>`
  }
}

/** The file. In: the drawing, its title, a description in one line, which stands below it and says what its numbers count, the theme. */
export function svgOf(drawing: Drawing, title: string, description: string, theme: Theme): string {
  const palette = PALETTE[theme]
  const ink = (name: Ink) => palette[name]
  const [width, height] = [drawing.width + 2 * MARGIN, drawing.height + 2 * MARGIN + TITLE]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description" font-family="Geist, Inter, 'Helvetica Neue', Arial, sans-serif">`,
    `<title id="title">${escaped(title)}</title><desc id="description">${escaped(description)}</desc>`,
    `<rect width="100%" height="100%" fill="${ink('surface')}"/>`,
    `<text x="${MARGIN}" y="${MARGIN + 12}" font-size="15" font-weight="600" fill="${ink('ink')}">${escaped(title)}</text>`,
    `<text x="${MARGIN}" y="${MARGIN + 32}" font-size="12" fill="${ink('ink-2')}">${escaped(description)}</text>`,
    `<g transform="translate(${MARGIN} ${MARGIN + TITLE})">${drawing.shapes.map((shape) => written(shape, ink)).join('')}</g></svg>`,
  ].join('')
}
