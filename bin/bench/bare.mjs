// The floor under the status page: a bare node:http server that answers the given bytes with the given headers from memory.
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

const given = JSON.parse(await text(process.stdin))
const answers = Object.fromEntries(Object.entries(given).map(([name, { headers, body }]) => [name, { headers, body: Buffer.from(body, 'base64') }]))
const server = createServer((request, response) => {
  const accept = request.headers['accept-encoding'] ?? ''
  const { headers, body } = accept.includes('br') ? answers.br : accept.includes('gzip') ? answers.gzip : answers.identity
  if (headers.etag !== undefined && request.headers['if-none-match'] === headers.etag) {
    response.writeHead(304, { 'cache-control': headers['cache-control'], vary: headers.vary, etag: headers.etag }).end()
    return
  }
  response.writeHead(200, headers)
  response.end(body)
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
