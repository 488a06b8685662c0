/** One titled part of the form. */
import type { ReactNode } from 'react'
import { Surface, SurfaceHead } from '@/components/ui/surface'

export function Section({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <Surface aria-label={title}>
      <SurfaceHead title={title} note={note} />
      <div className="flex flex-col gap-4 p-4">{children}</div>
    </Surface>
  )
}
