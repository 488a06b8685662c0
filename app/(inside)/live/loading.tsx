/** The shape of the live versions while they are read. */
import { Skeleton } from '@/components/ui/small'
import { Surface } from '@/components/ui/surface'

export default function Loading() {
  return (
    <div role="status" aria-label="Loading what is live">
      <Skeleton className="mb-4 h-7 w-48" />
      <Surface>
        {[0, 1, 2, 3].map((row) => <div key={row} className="flex items-center gap-6 border-b border-line px-4 py-4 last:border-b-0"><Skeleton className="h-4 w-64" /><Skeleton className="h-5 w-24" /><Skeleton className="ml-auto h-6 w-48" /></div>)}
      </Surface>
    </div>
  )
}
