import type { ProblemCode } from '../problems/catalogue.ts'
import { refuseField } from '../problems/refusal.ts'

/**
 * The text of a file: UTF-8, or UTF-16 when the file begins with its byte order mark, which is taken off.
 * @throws Refusal (`code`) for any other encoding: guessing one would change names without a word.
 */
export function decodeText(bytes: Uint8Array, pointer: string, code: ProblemCode = 'MALFORMED_JSON'): string {
  const encoding = encodingOf(bytes)
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const read = new TextDecoder(encoding).decode(bytes)
    const line = read.slice(0, read.indexOf('\uFFFD')).split('\n').length
    throw refuseField(
      code,
      pointer,
      `The text is not ${encoding.toUpperCase()}: line ${line} has a byte that begins no character. Save it as UTF-8, or as UTF-16 with its byte order mark.`,
    )
  }
}

/** What a file begins with, read as text whatever it is: enough to tell JSON and XML from masks. */
export function textBeginning(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes.subarray(0, 256))
}

function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
