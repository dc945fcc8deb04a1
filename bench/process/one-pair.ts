import { performance } from 'node:perf_hooks'
import { defaultLimits } from '../../src/limits.ts'
import type { ScoringContext } from '../../src/scoring/context.ts'
import { perform } from '../../src/workers/perform.ts'
import { median } from '../measure.ts'
import { forgetPeak, peakMbOf, residentMbOf } from '../service/process-tree.ts'
import type { PairOrder, PairResult } from './run-pair.ts'
import { readSentPair } from './sent-pair-file.ts'

/** Scores one pair several times in this fresh process; prints what the first and the warm ones took. */
async function run(order: PairOrder): Promise<PairResult> {
  const parts = readSentPair(order.file)
  const context: ScoringContext = { limits: defaultLimits, pngDecoder: order.pngDecoder }
  const score = async (): Promise<number> => {
    const before = process.cpuUsage()
    const outcome = await perform({ call: 'score', body: { type: 'parts', parts } }, context)
    if (!outcome.ok) throw new Error(outcome.detail)
    const used = process.cpuUsage(before)
    return (used.user + used.system) / 1000
  }
  const resident = residentMbOf(process.pid)
  forgetPeak(process.pid)
  const start = performance.now()
  const firstCpuMs = await score()
  const firstMs = performance.now() - start
  const peakMb = peakMbOf(process.pid)
  const warm: number[] = []
  for (let k = 1; k < order.times; k++) warm.push(await score())
  return {
    firstMs,
    firstCpuMs,
    warmCpuMs: median(warm),
    addedMb: peakMb - resident,
    peakMb,
    addedAfterAllMb: peakMbOf(process.pid) - resident,
  }
}

process.stdout.write(JSON.stringify(await run(JSON.parse(process.argv[2]))))
