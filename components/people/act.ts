'use client'
/** Hides how a settings screen changes something: one call at a time, the refusal kept for the screen, what was read made fresh afterwards. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { post, type Failure } from '@/components/people/post'

export interface Acting {
  readonly isBusy: boolean
  readonly failure: Failure | null
  /** Posts to a path below /api/v1. Out: the answer, or null when it was refused (then `failure` says why). */
  run(path: string, body: unknown): Promise<{ readonly value: unknown } | null>
  clear(): void
}

const AREAS = ['person', 'installation', 'token'] as const

export function useAct(): Acting {
  const client = useQueryClient()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  return {
    isBusy,
    failure,
    clear: () => setFailure(null),
    async run(path, body) {
      setBusy(true)
      setFailure(null)
      const answer = await post(`/api/v1${path}`, body)
      if (answer.ok) await Promise.all(AREAS.map((area) => client.invalidateQueries({ queryKey: [area] })))
      else setFailure(answer.failure)
      setBusy(false)
      return answer.ok ? { value: answer.value } : null
    },
  }
}
