/** What is seen while a verdict page is on its way. */
import { VerdictSkeleton } from '@/components/verdict/verdict-skeleton'

export default function Loading() {
  return <VerdictSkeleton />
}
