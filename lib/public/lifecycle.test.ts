import { describe, expect, it, vi } from 'vitest'
import { markStarted, readiness, registerReadiness, registerStop, stopParts } from '@/lib/public/lifecycle'
import { endAllStreams, isStopping, openStreamCount, registerStream } from '@/lib/public/streams'

const ANN = { session: 's', person: 'ann' }

describe('readiness', () => {
  it('needs every part, and counts a check that throws as not ready', async () => {
    registerReadiness('a', () => Promise.resolve(null))
    // A part can be ready long before the one that it waits for has started.
    expect(await readiness()).toEqual({ isReady: false, parts: { 'the start': 'parts are still starting', a: 'ok' } })
    markStarted()
    expect(await readiness()).toEqual({ isReady: true, parts: { a: 'ok' } })
    registerReadiness('b', () => Promise.resolve('the disk is full'))
    registerReadiness('c', () => Promise.reject(new Error('no answer')))
    expect(await readiness()).toEqual({ isReady: false, parts: { a: 'ok', b: 'the disk is full', c: 'the check failed' } })
  })
})

describe('the end', () => {
  it('stops the parts in reverse order, also past one that fails', async () => {
    const order: string[] = []
    const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
    registerStop('store', () => Promise.resolve(void order.push('store')))
    registerStop('worker', () => Promise.reject(new Error('stuck')))
    registerStop('poller', () => Promise.resolve(void order.push('poller')))
    await stopParts()
    expect(order).toEqual(['poller', 'store'])
    expect(complain).toHaveBeenCalledOnce()
    complain.mockRestore()
  })

  it('says goodbye on every open stream once, and takes no new one', () => {
    const said: string[] = []
    const forget = registerStream((last) => said.push(`a ${last}`), ANN)
    registerStream((last) => said.push(`b ${last}`), ANN)
    expect(openStreamCount()).toBe(2)
    forget?.()
    endAllStreams()
    expect(said).toEqual(['b event: bye\nretry: 1000\ndata: shutdown\n\n'])
    expect(openStreamCount()).toBe(0)
    expect(isStopping()).toBe(true)
    expect(registerStream(() => {}, ANN)).toBeNull()
  })
})
