/** The gate rail, the product's face: one drawing for the board and the public page, made on the server; the release has its own, larger one. */
import { railMarkup } from '@/components/gate/rail-drawing'
import { railGeometry } from '@/components/gate/rail-geometry'
import { describeRail, type RailModel } from '@/lib/domain/rail'

/** The rail as one picture with a text. */
export function Rail({ model, size }: { model: RailModel; size: 'board' | 'public' }) {
  const geometry = railGeometry(model, size)
  const drawing = { __html: railMarkup(model, geometry, geometry.minWidth - geometry.end * 2) }
  const said = describeRail(model)
  // The public page allows neither style attributes nor a measure of its reader: there the drawing has its own size, by attributes alone.
  if (size === 'public') return <svg width={geometry.minWidth} height={geometry.height} role="img" aria-label={said} dangerouslySetInnerHTML={drawing} />
  return <svg viewBox={`0 0 ${geometry.minWidth} ${geometry.height}`} role="img" aria-label={said} className="block h-auto w-full" style={{ maxWidth: geometry.minWidth }} dangerouslySetInnerHTML={drawing} />
}
