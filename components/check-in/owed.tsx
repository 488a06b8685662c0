'use client'
/** An action that an earlier check-in keeps, settled in place: closed with what was done. */
import { useState } from 'react'
import { ReasonDialog } from '@/components/check-in/reason-dialog'
import { Button, ButtonLink } from '@/components/ui/button'
import { owedOf } from '@/lib/domain/check-in/topics'
import type { TopicView } from '@/lib/domain/check-in/view'

export function Owed({ topic, refusal }: { topic: TopicView; refusal: string | null }) {
  const [isClosing, setClosing] = useState(false)
  const owed = owedOf(topic.key)
  if (!owed) return null
  return (
    <p className="mt-3 flex flex-wrap gap-2">
      <ButtonLink size="s" href={`/check-ins/${owed.checkInId}`}>Open the check-in that it is from</ButtonLink>
      <Button size="s" refusal={refusal} onClick={() => setClosing(true)}>Close the action</Button>
      {isClosing && <ReasonDialog id={owed.checkInId} title="Close the action" description={topic.title} label="What was done" confirm="Close it" onClose={() => setClosing(false)} build={(note) => ({ type: 'complete-action', actionId: owed.actionId, note })} />}
    </p>
  )
}
