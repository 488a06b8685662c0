'use client'
/** The feedback loop beside the follow-up gate: what was declared when the release was opened, and what its labels do now. */
import { useQuery } from '@tanstack/react-query'
import { FeedbackCard } from '@/components/live/side-cards'
import { liveQuery } from '@/lib/client/live-versions'

export function FeedbackOnGate({ liveId, declaredDelayDays }: { liveId: string; declaredDelayDays: number }) {
  const { data } = useQuery(liveQuery(liveId))
  return <FeedbackCard id={liveId} declaredDelayDays={declaredDelayDays} posted={data?.feedback ?? []} />
}
