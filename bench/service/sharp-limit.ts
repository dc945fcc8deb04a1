import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { SentPair } from './body.ts'
import type { Load, Sample } from './load.ts'

/**
 * Pairs a second that two processes can decode with sharp when they do nothing else: no HTTP, no counting. What no
 * service that decodes with libvips can pass on two cores.
 */
export async function decodeOnly(pair: SentPair, { seconds }: Load): Promise<Sample> {
  const results = await Promise.all([decodeInChild(pair, seconds), decodeInChild(pair, seconds)])
  const [first, second] = results
  return {
    perSecond: first.perSecond + second.perSecond,
    cpuMs: (first.cpuMs + second.cpuMs) / 2,
    p50Ms: Number.NaN,
    p99Ms: Number.NaN,
    peakMb: first.peakMb + second.peakMb,
  }
}

async function decodeInChild(
  pair: SentPair,
  seconds: number,
): Promise<Pick<Sample, 'perSecond' | 'cpuMs' | 'peakMb'>> {
  const script = join(import.meta.dirname, 'sharp-decoding.ts')
  const child = spawn(process.execPath, [script, String(seconds)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const files = Object.values(pair.files)
  const lengths = Buffer.alloc(8)
  files.forEach((file, k) => {
    lengths.writeUInt32LE(file.length, 4 * k)
  })
  child.stdin.end(Buffer.concat([lengths, ...files]))
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return JSON.parse(output)
}
