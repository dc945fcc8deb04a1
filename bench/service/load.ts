import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { contentType, multipartBody, type SentPair } from './body.ts'
import type { LoadOrder, LoadResult } from './closed-loop.ts'
import { cpuMsOf, forgetPeak, peakMbOf } from './process-tree.ts'
import type { RunningServer } from './server-process.ts'

/** What one contender did under one load. */
export interface Sample {
  readonly perSecond: number
  /** CPU of the server's processes for a request. */
  readonly cpuMs: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly peakMb: number
}

export interface Load {
  readonly connections: number
  readonly seconds: number
}

/** Loads the server with the pair, in a process of its own, and watches the server meanwhile. */
export async function underLoad(
  server: RunningServer,
  path: string,
  pair: SentPair,
  load: Load,
): Promise<Sample> {
  const order: LoadOrder = {
    port: server.port,
    path,
    bodyFile: bodyFile(pair),
    contentType,
    connections: load.connections,
    warmUpSeconds: load.seconds / 3,
    seconds: load.seconds,
    minAnswers: 3 * load.connections,
  }
  forgetPeak(server.pid)
  const cpuBefore = cpuMsOf(server.pid)
  const result: LoadResult = await runScript('closed-loop.ts', order)
  if (result.failure !== undefined) throw new Error(`${pair.name}: ${result.failure}`)
  return {
    perSecond: result.answers / result.seconds,
    cpuMs: (cpuMsOf(server.pid) - cpuBefore) / result.total,
    p50Ms: result.p50Ms,
    p99Ms: result.p99Ms,
    peakMb: peakMbOf(server.pid),
  }
}

/** Runs a script beside this file in a process of its own, with its order as JSON; what it prints is its result. */
export async function runScript<Result>(name: string, order: object): Promise<Result> {
  const script = join(import.meta.dirname, name)
  const child = spawn(process.execPath, [script, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [output, [status]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  if (status !== 0) throw new Error(`the load ended with ${status}`)
  return JSON.parse(output)
}

const written = new Set<string>()

/** The load reads its body from a file, because argv is too short for one. */
export function bodyFile(pair: SentPair): string {
  const folder = join(tmpdir(), 'maskscore-bench')
  const file = join(folder, `body-${pair.name.replaceAll(/\W+/g, '-')}`)
  if (!written.has(file)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, multipartBody(pair))
    written.add(file)
  }
  return file
}
