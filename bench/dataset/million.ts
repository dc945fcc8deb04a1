/**
 * Runs so many items with a stub in place of scoring, in a process of its own, and prints what that took as JSON: what a run
 * costs beside its scoring.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { PackedList } from '../../src/evaluations/packed-list.ts'
import type { Chunk } from '../../src/evaluations/running/score-chunk.ts'
import type { Item } from '../../src/evaluations/sources/item.ts'
import type { TaskRunner } from '../../src/tasks/runner.ts'
import { scoreList, warmPool } from './score-folder.ts'
import { stubRun } from './stub-rows.ts'

export interface MillionResult {
  readonly items: number
  readonly scoreSeconds: number
  readonly finishSeconds: number
  readonly finishCpuSeconds: number
  /** Resident memory of the whole process, in MB: its peak while rows came in. */
  readonly processMb: number
  /** Resident memory above that of the warm process, in MB: its peak while rows came in, and until the end. */
  readonly scoredMb: number
  readonly peakMb: number
  /** 99th percentile of the delay of the event loop, in ms. */
  readonly delayMs: number
}

const items = Number(process.argv[2])
const pool = await warmPool()
const before = process.memoryUsage.rss()
let peak = before
let scored = before
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, 50)

const list = new PackedList<Item>()
for (let index = 0; index < items; index++) {
  const key = `scene-${String(index).padStart(7, '0')}`
  const file = (side: string) => ({ type: 'file', path: `/data/${side}/${key}.png`, bytes: 20_000 }) as const
  list.push({ index, key, groundTruth: file('gt'), prediction: file('pred') })
}

const stub: TaskRunner = {
  async run(task) {
    const chunk = (task.body as { value: unknown }).value as Chunk
    const run = stubRun(chunk.items)
    // As from another thread: not before the event loop had its turn.
    await new Promise((resolve) => setImmediate(resolve))
    scored = peak
    return run
  },
  statistics: pool.statistics,
  isWhole: true,
}

const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()
const { score, finish } = await scoreList(list, stub, pool, 'summary')
delay.disable()
clearInterval(watch)
await pool.close()
const megabytes = (bytes: number) => (bytes - before) / 2 ** 20
const result: MillionResult = {
  items,
  scoreSeconds: score.seconds,
  finishSeconds: finish.seconds,
  finishCpuSeconds: finish.cpuSeconds,
  processMb: scored / 2 ** 20,
  scoredMb: megabytes(scored),
  peakMb: megabytes(Math.max(peak, process.memoryUsage.rss())),
  delayMs: delay.percentile(99) / 1e6,
}
process.stdout.write(JSON.stringify(result))
