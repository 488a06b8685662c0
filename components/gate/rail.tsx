/** The gate rail, the product's face: one drawing for the board and the public page, made on the server; the release has its own, larger one. */
import { railMarkup } from '@/components/gate/rail-drawing'
import { railGeometry } from '@/components/gate/rail-geometry'
import { describeRail, type RailModel } from '@/lib/domain/rail'

interface Drawn {
  readonly said: string
  readonly width: number
  readonly height: number
  readonly inside: { readonly __html: string }
}

/** What was drawn of a rail for a board: most of its rows stand like another one. */
const drawnOf = new WeakMap<RailModel, Drawn>()

function draw(model: RailModel, size: 'board' | 'public'): Drawn {
  const geometry = railGeometry(model, size)
  const { minWidth: width, height } = geometry
  return { said: describeRail(model), width, height, inside: { __html: railMarkup(model, geometry, width - geometry.end * 2) } }
}

/** The rail as one picture with a text. */
export function Rail({ model, size }: { model: RailModel; size: 'board' | 'public' }) {
  // The public page allows neither style attributes nor a measure of its reader: there the drawing has its own size, by attributes alone.
  if (size === 'public') {
    const { said, width, height, inside } = draw(model, size)
    return <svg width={width} height={height} role="img" aria-label={said} dangerouslySetInnerHTML={inside} />
  }
  const drawn = drawnOf.get(model) ?? draw(model, size)
  drawnOf.set(model, drawn)
  const { said, width, height, inside } = drawn
  return <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={said} className="block h-auto w-full" style={{ maxWidth: width }} dangerouslySetInnerHTML={inside} />
}
