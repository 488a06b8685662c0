/** The shape of a month while it is read. */
import { Skeleton } from '@/components/ui/small'
import { Surface } from '@/components/ui/surface'

export default function Loading() {
  return (
    <div role="status" aria-label="Loading the calendar">
      <Skeleton className="mb-4 h-7 w-56" />
      <Surface className="grid grid-cols-1 gap-px bg-line md:grid-cols-7">
        {Array.from({ length: 35 }, (_, day) => <div key={day} className="h-24 bg-surface p-2 max-md:nth-[n+8]:hidden"><Skeleton className="h-4 w-6" /></div>)}
      </Surface>
    </div>
  )
}
