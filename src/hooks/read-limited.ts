import { Refusal } from '../problems/refusal.ts'

/**
 * The body of an answer.
 *
 * @throws Refusal TOOL_ANSWER as soon as it is longer than `maxBytes`
 */
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
