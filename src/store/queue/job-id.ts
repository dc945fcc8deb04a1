import { createHash } from 'node:crypto'
import type { Job } from './engine.ts'

/** Of all ids that are made here: chosen once. */
const namespace = Buffer.from('a1d3c2f04c5e5b6a8f3e7d9c0b1a2e4f', 'hex')

/** The same for the same work of the same generation: a UUID of version 5 (RFC 9562). */
export function jobId(job: Job): string {
  const part = job.step === 'shard' ? String(job.index) : job.step
  const bytes = createHash('sha1')
    .update(namespace)
    .update(`${job.run} ${job.generation} ${part}`)
    .digest()
    .subarray(0, 16)
  bytes[6] = (bytes[6] & 0x0f) | 0x50
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const text = bytes.toString('hex')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join(
    '-',
  )
}
