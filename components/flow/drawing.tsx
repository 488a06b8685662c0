/** Shows a drawing with the colours of the screen's theme. */
import type { ReactNode } from 'react'
import type { Drawing, Ink, Shape } from '@/lib/domain/flow/shape'

const ink = (name: Ink | undefined) => (name === undefined ? 'none' : `var(--${name})`)

/** One primitive. What is about something is left to whoever draws it, who makes it reachable. */
export function DrawnShape({ shape }: { shape: Shape }) {
  if (shape.kind === 'text') return <text x={shape.x} y={shape.y} fontSize={shape.size} fill={ink(shape.fill)} fontWeight={shape.isStrong ? 600 : undefined} textAnchor={shape.anchor}>{shape.text}</text>
  const look = { fill: ink(shape.fill), stroke: shape.stroke ? ink(shape.stroke) : undefined, strokeWidth: shape.strokeWidth, strokeDasharray: shape.dash, opacity: shape.opacity }
  switch (shape.kind) {
    case 'rect': return <rect x={shape.x} y={shape.y} width={shape.w} height={shape.h} rx={shape.r} {...look} />
    case 'circle': return <circle cx={shape.x} cy={shape.y} r={shape.r} {...look} />
    case 'path': return <path d={shape.d} transform={shape.x === undefined && shape.y === undefined ? undefined : `translate(${shape.x ?? 0} ${shape.y ?? 0})${shape.scale ? ` scale(${shape.scale})` : ''}`} {...look} />
  }
}

/** The whole drawing. In: its name for who cannot see it; `reach` draws what is about something. */
export function DrawingView({ drawing, label, reach }: { drawing: Drawing; label: string; reach: (shape: Extract<Shape, { kind: 'rect' }>, about: string) => ReactNode }) {
  return (
    <svg width={drawing.width} height={drawing.height} viewBox={`0 0 ${drawing.width} ${drawing.height}`} role="group" aria-label={label} className="block max-w-full select-none">
      {drawing.shapes.map((shape, i) => (shape.kind === 'rect' && shape.about !== undefined ? reach(shape, shape.about) : <DrawnShape key={i} shape={shape} />))}
    </svg>
  )
}
