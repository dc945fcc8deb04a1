import { readSync } from 'node:fs'

const lineEnd = 0x0a
const pieceBytes = 2 ** 20

/** Lines of an open file with their ends; what follows the last end is left out. */
export function* linesOfFile(file: number, size: number): Generator<Buffer> {
  let rest = Buffer.alloc(0)
  const piece = Buffer.allocUnsafe(pieceBytes)
  for (let read = 0; read < size; ) {
    const bytes = readSync(file, piece, 0, Math.min(pieceBytes, size - read), read)
    if (bytes === 0) return
    read += bytes
    const text = Buffer.concat([rest, piece.subarray(0, bytes)])
    let start = 0
    for (let end = text.indexOf(lineEnd); end !== -1; end = text.indexOf(lineEnd, start)) {
      yield text.subarray(start, end + 1)
      start = end + 1
    }
    rest = text.subarray(start)
  }
}
