/** The shape of the metrics sources while they are on their way. */
import { Skeleton } from '@/components/ui/small'
import { PageHead, Surface } from '@/components/ui/surface'

export default function SourcesLoading() {
  return (
    <div role="status" aria-label="Metrics sources are on their way">
      <PageHead title="Metrics sources" lead="Reading how they answer…" />
      <Surface className="flex flex-col gap-3 p-4">
        {[0, 1].map((row) => <Skeleton key={row} className="h-16 w-full" />)}
      </Surface>
    </div>
  )
}
