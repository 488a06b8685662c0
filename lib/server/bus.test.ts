import { expect, it } from 'vitest'
import { announce, joinReplicas, listen } from '@/lib/server/bus'

it('tells this process once and hears the other replicas', async () => {
  const said: string[] = []
  let others: (words: string) => void = () => undefined
  await joinReplicas({
    say: async (words) => {
      said.push(words)
      others(words)
    },
    hear: async (listener) => void (others = listener),
  })
  const heard: unknown[] = []
  const stopBad = listen(() => {
    throw new Error('a listener with a bug')
  })
  const stop = listen((announcement) => heard.push(announcement))
  const own = { kind: 'release', id: 'r', version: 2, seq: 7 } as const
  announce(own)
  expect(heard).toEqual([own])
  others(JSON.stringify({ ...own, self: 'another', version: 3, seq: 8 }))
  expect(heard).toEqual([own, { ...own, version: 3, seq: 8 }])
  stop()
  stopBad()
  announce(own)
  expect(heard).toHaveLength(2)
})
