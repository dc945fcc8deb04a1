import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { SentPair } from '../service/body.ts'
import { writeSentPair } from './sent-pair-file.ts'

/** What the child is asked for, as JSON in its argv. */
export interface PairOrder {
  readonly file: string
  readonly pngDecoder: 'auto' | 'sharp'
  readonly times: number
}

export interface PairResult {
  readonly firstMs: number
  readonly firstCpuMs: number
  readonly warmCpuMs: number
  /** Peak of resident memory during the first scoring above what was resident before it. */
  readonly addedMb: number
  /** That peak, with what was resident before. */
  readonly peakMb: number
  /** The same during all of them. */
  readonly addedAfterAllMb: number
}

/** Scores the pair `times` times in a process of its own: no memory or compiled code is left from another pair. */
export async function runPair(pair: SentPair, pngDecoder: 'auto' | 'sharp', times = 6): Promise<PairResult> {
  const order: PairOrder = { file: writeSentPair(pair), pngDecoder, times }
  const script = join(import.meta.dirname, 'one-pair.ts')
  const child = spawn(process.execPath, [script, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [output, [status]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  if (status !== 0) throw new Error(`scoring ${pair.name} ended with ${status}`)
  return JSON.parse(output)
}
