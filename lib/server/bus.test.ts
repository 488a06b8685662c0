import { expect, it } from 'vitest'
import { announce, joinReplicas, listen } from '@/lib/server/bus'
import { arrive, leave, whoIsIn } from '@/lib/server/check-in/presence'

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

it('knows who is in a check-in on another replica, and tells the browsers of this one only what changes', async () => {
  const said: string[] = []
  let others: (words: string) => void = () => undefined
  await joinReplicas({ say: async (words) => void said.push(words), hear: async (listener) => void (others = listener) })
  const heard: unknown[] = []
  const stop = listen(({ kind, id }) => heard.push([kind, id]))
  const now = Date.now()
  const word = (more: object) => JSON.stringify({ self: 'another', aside: 'presence', words: { checkInId: 'c', personId: 'olga', writesOn: null, seenAt: now, ...more } })
  others(word({}))
  others(word({ seenAt: now + 1 }))
  expect(whoIsIn('c', now)).toEqual([{ id: 'olga', isHere: true, writesOn: null }])
  expect(heard).toEqual([['check-in', 'c']])
  others(word({ writesOn: 'line-1' }))
  expect(whoIsIn('c', now)[0]?.writesOn).toBe('line-1')
  arrive('c', 'pia', '', null, now)
  expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({ aside: 'presence', words: { checkInId: 'c', personId: 'pia', writesOn: null, seenAt: now } })
  leave('c', 'olga', '', now)
  expect(whoIsIn('c', now).map((one) => [one.id, one.isHere])).toEqual([['olga', false], ['pia', true]])
  expect(heard).toHaveLength(4)
  others(JSON.stringify({ self: 'another', aside: 'presence', words: { checkInId: 5 } }))
  others(JSON.stringify({ self: 'another', aside: 'unheard of', words: {} }))
  expect(heard).toHaveLength(4)
  stop()
})

it('takes a page that says goodbye for that page only: a reload says it after it has come back', () => {
  const now = Date.now()
  const here = () => whoIsIn('r', now)[0]
  arrive('r', 'olga', 'old', 'line-1', now)
  arrive('r', 'olga', 'new', null, now)
  leave('r', 'olga', 'old', now)
  expect(here()).toEqual({ id: 'olga', isHere: true, writesOn: null })
  leave('r', 'olga', 'new', now)
  expect(here()?.isHere).toBe(false)
  for (let n = 0; n < 1_000; n += 1) arrive('r', 'olga', `page-${n}`, `line-${n}`, now)
  expect(here()?.writesOn).toBe('line-999')
})
