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

const classes = 9
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

/** A row of nine classes, its numbers from its index alone. */
function rowText({ index, key }: Item): string {
  const rows = Array.from({ length: classes }, (_, label) => {
    const tp = 1000 + ((index * 31 + label * 17) % 997)
    return [label, tp, 50 + ((index + label) % 91), 40 + ((index * 3 + label) % 83)]
  })
  const score = (offset: number) => ((index * 7919 + offset * 104_729) % 1_000_003) / 1_000_003
  const names =
    'mi_loss mi_loss_split mi_loss_merge vi vi_split vi_merge mi h_joint ari mean_iou pixel_accuracy mean_dice'
  const scores = Object.fromEntries(names.split(' ').map((name, k) => [name, score(k)]))
  const joint = rows.map(([label, tp]) => [label, label, tp])
  return `${JSON.stringify({
    index,
    key,
    status: 'scored',
    width: 128,
    height: 96,
    pixels: { total: 12_288, counted: 12_288, ignored: 0 },
    scores,
    reasons: {},
    classes: rows,
    joint,
    warnings: [],
    sha256: ['a', 'b'].map((side) => index.toString(16).padStart(13, '0').padEnd(64, side)),
  })}\n`
}

const stub: TaskRunner = {
  async run(task) {
    const chunk = (task.body as { value: unknown }).value as Chunk
    const body = Buffer.from(chunk.items.map(rowText).join(''))
    // As from another thread: not before the event loop had its turn.
    await new Promise((resolve) => setImmediate(resolve))
    const facts = { items: chunk.items.length, failed: 0, loss: 0, losses: 0 }
    scored = peak
    return { outcome: { ok: true, contentType: '', body, etag: '', times: {}, facts }, queueMs: 0 }
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
