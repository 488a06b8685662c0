'use client'
/** Sends commands from a screen: shows them as saving until they are committed, keeps the refusal, and puts the new view where it belongs. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { AggregateKind, Refusal } from '@/lib/domain/aggregate'
import { ApiError, send, type CommandAnswer } from './api'

export const COLLECTION: Readonly<Record<AggregateKind, string>> = {
  installation: 'installation', person: 'people', model: 'models', environment: 'environments', source: 'sources', live: 'live',
  template: 'templates', release: 'releases', 'check-in': 'check-ins', destination: 'destinations', token: 'tokens', series: 'series', incident: 'incidents',
}

export type Ran = { readonly ok: true; readonly answer: CommandAnswer } | { readonly ok: false; readonly refusal: Refusal; readonly current: unknown }

/** A command as the API takes it; what fits is checked by the server's schema. */
export interface CommandWords {
  readonly type: string
  readonly [word: string]: unknown
}

export interface CommandHandle {
  /** Sends the command; resolves when it is committed or refused. A repeat after a lost answer carries the same key. */
  readonly run: (command: CommandWords) => Promise<Ran>
  readonly pending: boolean
  /** The command that is being saved, by its type. */
  readonly saving: string | null
  readonly refusal: Refusal | null
  readonly clear: () => void
}

/** Whether an aggregate's cached view may be replaced: never by an older one. */
function isNewer(before: unknown, after: unknown): boolean {
  const version = (value: unknown) => (typeof value === 'object' && value !== null && 'version' in value && typeof value.version === 'number' ? value.version : -1)
  return version(after) >= version(before)
}

/** Commands on one aggregate. In: its kind and id, and the view's place in the cache when it is not `[kind, id]`. */
export function useCommand(kind: AggregateKind, id: string, viewKey: readonly unknown[] = [kind, id]): CommandHandle {
  const client = useQueryClient()
  const lost = useRef<{ readonly body: string; readonly key: string } | null>(null)
  const mutation = useMutation({
    mutationKey: ['command', kind, id],
    // A command waits for the server even when the browser believes to be offline, so that its refusal is told and not swallowed.
    networkMode: 'always',
    mutationFn: async (command: CommandWords) => {
      const body = JSON.stringify(command)
      const key = lost.current?.body === body ? lost.current.key : crypto.randomUUID()
      lost.current = { body, key }
      const answer = await send(COLLECTION[kind], id, command, key)
      lost.current = null
      return answer
    },
    onSuccess: (answer) => {
      const { view } = answer
      if (view !== undefined) client.setQueryData(viewKey, (before: unknown) => (isNewer(before, view) ? view : before))
      else void client.invalidateQueries({ queryKey: [kind] })
    },
    onError: (error) => {
      // Only an answer that never came leaves open whether the command was done; then the same key is sent again.
      if (error instanceof ApiError && error.status !== 0 && error.status < 500) lost.current = null
    },
  })
  const refusal = mutation.error instanceof ApiError ? mutation.error.refusal : mutation.error ? { code: 'conflict' as const, message: mutation.error.message } : null
  return {
    run: async (command) => {
      try {
        return { ok: true, answer: await mutation.mutateAsync(command) }
      } catch (error) {
        if (error instanceof ApiError) return { ok: false, refusal: error.refusal, current: error.current }
        return { ok: false, refusal: { code: 'conflict', message: 'This did not work. Try again.' }, current: undefined }
      }
    },
    pending: mutation.isPending, saving: mutation.isPending ? (mutation.variables?.type ?? null) : null, refusal, clear: () => mutation.reset(),
  }
}
