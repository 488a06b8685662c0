'use client'
/** Hides how the settings of notifications and the status page change something: one call at a time, the refusal kept, what was read made fresh. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '@/lib/client/api'
import type { Refusal } from '@/lib/domain/aggregate'

export interface Calling {
  readonly isBusy: boolean
  readonly refusal: Refusal | null
  /** Runs a call. Out: whether it was carried out; if not, `refusal` says why. */
  run(call: () => Promise<unknown>): Promise<boolean>
}

/** In: the first part of the keys that are old afterwards. */
export function useCall(...areas: readonly string[]): Calling {
  const client = useQueryClient()
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  return {
    isBusy,
    refusal,
    async run(call) {
      setBusy(true)
      setRefusal(null)
      try {
        await call()
        await Promise.all(areas.map((area) => client.invalidateQueries({ queryKey: [area] })))
        return true
      } catch (error) {
        setRefusal(error instanceof ApiError ? error.refusal : { code: 'conflict', message: 'This did not work. Try again.' })
        return false
      } finally {
        setBusy(false)
      }
    },
  }
}
