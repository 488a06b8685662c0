// The floor under notes that are written together: a bare server that keeps each posted note on disk and hands it to everybody who listens.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'

const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-relay-'))
const file = openSync(path.join(folder, 'notes'), 'a')
const listeners = new Set()
const PAGE = `<!doctype html><title>Relay</title><textarea rows="8"></textarea><script>
  const area = document.querySelector('textarea')
  const source = new EventSource('/live')
  source.onopen = () => { area.className = 'open' }
  source.addEventListener('note', (event) => {
    const { notes: [{ update }] } = JSON.parse(event.data)
    area.value = update
    globalThis.noteSeen?.(update)
  })
</script>`

const server = createServer((request, response) => {
  if (request.url === '/page') return void response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE)
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(': hello\n\n')
    listeners.add(response)
    request.on('close', () => listeners.delete(response))
    return
  }
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    writeSync(file, body)
    fdatasyncSync(file)
    for (const listener of listeners) listener.write(`event: note\ndata: ${body.toString()}\n\n`)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end('{}')
  })
})
process.on('exit', () => {
  closeSync(file)
  rmSync(folder, { recursive: true, force: true })
})
process.on('SIGTERM', () => process.exit(0))
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
