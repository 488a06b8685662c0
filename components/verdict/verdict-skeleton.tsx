/** The shape of a verdict page that is on its way, so that nothing jumps when it comes. */
import { Skeleton } from '@/components/ui/small'

export function VerdictSkeleton() {
  return (
    <div role="status" aria-busy="true" aria-label="Loading the verdict">
      <Skeleton className="mb-3 h-5 w-64" />
      <Skeleton className="h-8 w-full max-w-lg" />
      <Skeleton className="mt-1 mb-4 h-6 w-full max-w-2xl" />
      <Skeleton className="mb-4 h-64 w-full rounded-surface" />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
        <Skeleton className="h-96 w-full rounded-surface max-lg:order-2" />
        <Skeleton className="h-96 w-full rounded-surface" />
      </div>
    </div>
  )
}
