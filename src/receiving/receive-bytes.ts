import type { FastifyRequest } from 'fastify'

/** A copy of the whole body. To be run under `guardReceive`, which bounds its size and time. */
export async function receiveBytes({ raw }: FastifyRequest): Promise<Buffer> {
  const chunks: Buffer[] = []
  raw.on('data', (chunk: Buffer) => chunks.push(chunk))
  await new Promise((resolve, reject) => raw.once('end', resolve).once('error', reject))
  return Buffer.concat(chunks)
}
