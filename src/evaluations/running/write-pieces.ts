import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'

/** Long texts come in many small pieces, which are written together. */
const maxUnwritten = 1 << 20

/** Writes a file whole, to the disk itself: it may be renamed into the place of another. */
export function writePieces(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w')
  try {
    let unwritten = ''
    for (const piece of pieces) {
      unwritten += piece
      if (unwritten.length < maxUnwritten) continue
      writeAll(file, unwritten)
      unwritten = ''
    }
    writeAll(file, unwritten)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Writes all of a text: one write may take less than it is given, as on a disk that is nearly full. @return its bytes */
export function writeAll(file: number, text: string): number {
  const bytes = Buffer.from(text)
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
  return bytes.length
}
