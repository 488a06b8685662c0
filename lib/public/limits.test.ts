import { createServer, request as send, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { admitBody, bodyLimit, FILE_BODY_LIMIT, JSON_BODY_LIMIT } from '@/lib/public/limits'

const LIMIT = 100_000
let server: Server
let port = 0
const read: number[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    void admitBody(request, response, LIMIT).then((isAdmitted) => {
      if (!isAdmitted) return
      let length = 0
      request.on('data', (chunk: Buffer) => (length += chunk.length))
      request.on('end', () => {
        read.push(length)
        response.end(String(length))
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = addressOf(address).port
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('not listening')
  return address
}

/** Sends a body in pieces, chunked or with its length declared. Out: status and text of the answer, however the sending ended. */
function post(bytes: number, isChunked: boolean): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = send({ port, host: '127.0.0.1', method: 'POST', headers: isChunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': bytes } })
    let hasAnswer = false
    outgoing.on('error', (error) => (hasAnswer ? undefined : reject(error)))
    outgoing.on('response', (incoming) => {
      hasAnswer = true
      let text = ''
      incoming.on('data', (chunk: Buffer) => (text += chunk.toString()))
      incoming.on('end', () => {
        resolve({ status: incoming.statusCode ?? 0, text })
      })
    })
    const piece = Buffer.alloc(16_384, 'a')
    for (let left = bytes; left > 0; left -= piece.length) outgoing.write(left < piece.length ? piece.subarray(0, left) : piece)
    outgoing.end()
  })
}

describe('a body', () => {
  it.each([true, false])('within the limit is read whole (chunked: %s)', async (isChunked) => {
    expect(await post(LIMIT, isChunked)).toEqual({ status: 200, text: String(LIMIT) })
    expect(await post(1, isChunked)).toEqual({ status: 200, text: '1' })
  })

  it.each([true, false])('over the limit is answered with 413 twenty times in twenty, and no part of it is read (chunked: %s)', async (isChunked) => {
    read.length = 0
    for (let round = 0; round < 20; round += 1) {
      const { status, text } = await post(LIMIT * 20, isChunked)
      expect(status).toBe(413)
      expect(JSON.parse(text)).toMatchObject({ status: 413, code: 'too-large' })
    }
    expect(read).toEqual([])
  })

  it('that ends early leaves the server serving', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write('POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n')
        setTimeout(() => socket.destroy(), 20)
      })
      socket.on('close', () => {
        resolve()
      })
    })
    expect((await post(10, true)).status).toBe(200)
  })

  it('of an unfinished chunked request holds no more than the limit', async () => {
    const status = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write('POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n')
        for (let sent = 0; sent <= LIMIT; sent += 10_000) socket.write(`2710\r\n${'a'.repeat(10_000)}\r\n`)
      })
      socket.on('data', (data) => {
        resolve(data.toString().split('\r\n')[0] ?? '')
        socket.destroy()
      })
    })
    expect(status).toBe('HTTP/1.1 413 Payload Too Large')
  })
})

describe('the limit', () => {
  it('is larger for evidence files only', () => {
    expect(bodyLimit('/api/v1/files')).toBe(FILE_BODY_LIMIT)
    expect(bodyLimit('/api/v1/filesystem')).toBe(JSON_BODY_LIMIT)
    expect(bodyLimit('/api/v1/releases/x/commands')).toBe(JSON_BODY_LIMIT)
  })
})
