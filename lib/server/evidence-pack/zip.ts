/** Hides how files become a zip whose bytes depend on nothing but the files. */
import 'server-only'
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

// Stored and not compressed, with one date for all: what a compressor makes of the same bytes differs between versions of Node.
const PLAIN = { compress: false, mode: 0o100644, mtime: new Date(1980, 0, 1), forceDosTimestamp: true } as const

/** The zip, while it is being read. In: the files by path, in their order. */
export function zipOf(files: ReadonlyMap<string, Buffer>): Readable {
  const zip = new ZipFile()
  for (const [name, bytes] of files) zip.addBuffer(bytes, name, PLAIN)
  zip.end()
  return Readable.from(zip.outputStream)
}

/** The same as the body of an answer, at the pace of whoever reads it. */
export function streamOf(readable: Readable): ReadableStream<Uint8Array> {
  const chunks = readable.iterator()
  return new ReadableStream({
    async pull(controller) {
      const { done, value }: IteratorResult<unknown> = await chunks.next()
      if (done === true) controller.close()
      else if (value instanceof Uint8Array) controller.enqueue(value)
    },
  })
}
