/** The shape of a page that is on its way: heading, sentence, one surface. */
import { Skeleton } from '@/components/ui/small'

export default function Loading() {
  return (
    <div aria-busy="true" aria-label="Loading" role="status">
      <Skeleton className="h-7 w-40" />
      <Skeleton className="mt-2 h-4 w-full max-w-xl" />
      <Skeleton className="mt-6 h-64 w-full rounded-surface" />
    </div>
  )
}
