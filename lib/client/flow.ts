/** Reads of where time goes, and how a drawing becomes a picture on somebody's disk. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { InsightsView, LanesView } from '@/lib/domain/flow/view'
import { read } from './api'
import { saveAs } from './record'

const FRESH_MS = 60_000

/** The lanes of a release; while it moves its waits grow, so it is asked again now and then. */
export function lanesQuery(code: string) {
  return queryOptions({ queryKey: ['release', code, 'lanes'], queryFn: ({ signal }) => read<LanesView>(`/releases/${encodeURIComponent(code)}/lanes`, signal), staleTime: FRESH_MS, refetchInterval: ({ state }) => (state.data?.lanes.isMoving ? FRESH_MS : false) })
}

/** The report. In: the search of the address, with its question mark, or nothing. */
export function insightsQuery(search: string) {
  return queryOptions({ queryKey: ['release', 'insights', search], queryFn: ({ signal }) => read<InsightsView>(`/insights${search}`, signal), staleTime: FRESH_MS, placeholderData: keepPreviousData })
}

/** Address of the drawing of a release's lanes. */
export function svgHref(code: string, theme: 'light' | 'dark', zone: string): string {
  return `/api/v1/releases/${encodeURIComponent(code)}/lanes.svg?${new URLSearchParams({ theme, zone })}`
}

/** Pixels of the picture for each of the drawing. */
const SHARPNESS = 2

/** Draws an SVG of this server into a PNG and offers it for saving. Throws when the browser cannot. */
export async function savePng(href: string, name: string): Promise<void> {
  const image = new Image()
  image.src = href
  await image.decode()
  const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth * SHARPNESS, height: image.naturalHeight * SHARPNESS })
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('This browser could not make the picture.')
  saveAs(name, blob)
}
