'use client'
/** What is said about the release as a whole. */
import { Comments } from '@/components/gate/comments'
import { Card } from '@/components/release/card'
import { useStage } from '@/components/release/stage'

export function TalkCard() {
  const { view } = useStage()
  return (
    <Card title="Comments" count={view.comments.length}>
      <Comments about={{ gateId: null, itemId: null }} comments={view.comments} label="Comment on the release" />
    </Card>
  )
}
