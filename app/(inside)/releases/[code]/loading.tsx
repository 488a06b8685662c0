/** The shape of a release that is on its way, so that nothing jumps when it comes. */
import { Skeleton } from '@/components/ui/small'

export default function Loading() {
  return (
    <div role="status" aria-busy="true" aria-label="Loading the release">
      <Skeleton className="mb-3 h-5 w-32" />
      <Skeleton className="h-8 w-full max-w-lg" />
      <Skeleton className="mt-2 mb-4 h-5 w-full max-w-2xl" />
      <Skeleton className="mb-4 h-14 w-full rounded-surface" />
      <Skeleton className="mb-4 h-44 w-full rounded-surface" />
      <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_420px]">
        <Skeleton className="h-96 w-full rounded-surface" />
        <div className="flex flex-col gap-3"><Skeleton className="h-40 w-full rounded-surface" /><Skeleton className="h-32 w-full rounded-surface" /></div>
      </div>
    </div>
  )
}
