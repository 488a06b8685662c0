/** Streams are bounded: a session and a person lose their oldest, and nobody else does; a full process takes no more. */
import { beforeEach, expect, it } from 'vitest'
import { isRoomForStream, MOST_STREAMS, openStreamCount, registerStream } from './streams'

let ended: string[] = []
let forgets: ((() => void) | null)[] = []
beforeEach(() => {
  for (const forget of forgets) forget?.()
  ended = []
  forgets = []
})

function open(name: string, session: string, person: string): void {
  forgets.push(registerStream((last) => ended.push(`${name} ${last.split('\n')[0]}`), { session, person }))
}

it('ends the oldest stream of a session that opens too many, and of nobody else', () => {
  open('other', 's0', 'ann')
  for (let n = 0; n < MOST_STREAMS.session; n += 1) open(`a${n}`, 's1', 'ann')
  expect(ended).toEqual([])
  open('one more', 's1', 'ann')
  open('and one', 's1', 'ann')
  expect(ended).toEqual(['a0 event: crowded', 'a1 event: crowded'])
  expect(openStreamCount()).toBe(MOST_STREAMS.session + 1)
})

it('ends the oldest stream of a person who opens too many by many sessions', () => {
  open('bob', 'b', 'bob')
  for (let n = 0; n <= MOST_STREAMS.person; n += 1) open(`a${n}`, `s${n}`, 'ann')
  expect(ended).toEqual(['a0 event: crowded'])
})

it('counts no stream that has ended by itself', () => {
  for (let n = 0; n < 3 * MOST_STREAMS.person; n += 1) {
    open(`a${n}`, 's', 'ann')
    forgets.pop()?.()
  }
  expect(ended).toEqual([])
})

it('takes no more than the process can carry, and again when one has left', () => {
  for (let n = 0; n < MOST_STREAMS.all; n += 1) open(`a${n}`, `s${n}`, `p${n}`)
  expect(isRoomForStream()).toBe(false)
  expect(registerStream(() => {}, { session: 's', person: 'p' })).toBeNull()
  expect(ended).toEqual([])
  forgets.pop()?.()
  expect(isRoomForStream()).toBe(true)
})
