import { readSync } from 'node:fs'

const lineEnd = 0x0a
const pieceBytes = 2 ** 20

/** Lines of an open file with their ends, each a view until the next is asked for; what follows the last end is left out. */
export function* linesOfFile(file: number, size: number): Generator<Buffer> {
  let room = Buffer.allocUnsafe(Math.min(pieceBytes, size))
  /** Bytes at the front of a line whose end was not read yet. */
  let begun = 0
  for (let read = 0; read < size; ) {
    if (begun === room.length) room = Buffer.concat([room], 2 * room.length)
    const bytes = readSync(file, room, begun, Math.min(room.length - begun, size - read), read)
    if (bytes === 0) return
    read += bytes
    const text = room.subarray(0, begun + bytes)
    let start = 0
    for (let end = text.indexOf(lineEnd, begun); end !== -1; end = text.indexOf(lineEnd, start)) {
      yield text.subarray(start, end + 1)
      start = end + 1
    }
    begun = text.copy(room, 0, start)
  }
}
