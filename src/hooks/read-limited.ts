import { Refusal } from '../problems/refusal.ts'

/** An answer's body, at most `maxBytes` of it: more is TOOL_ANSWER, and not waited for. */
export async function readLimited(
  response: Response,
  maxBytes: number,
  subject: string,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  // Counted as unpacked, so that a compressed answer cannot grow without bound.
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > maxBytes)
      throw new Refusal('TOOL_ANSWER', `${subject} answered more than ${maxBytes} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
