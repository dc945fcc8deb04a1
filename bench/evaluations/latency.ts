import { flags } from '../flags.ts'
import { pairSpecs } from '../images/pair-spec.ts'
import { median } from '../measure.ts'
import { syntheticPair } from '../service/body.ts'
import { type Sample, underLoad } from '../service/load.ts'
import { type Cell, printTable } from '../table.ts'
import { atMost } from '../verdict.ts'
import { repeatedPairs } from './repeated-pairs.ts'
import { beginRun, deleteRun, getRun, runUntil } from './run-client.ts'
import { startEvaluating } from './service-with-roots.ts'

const goal = 1.5
/** More than are scored while it is measured. */
const items = 60_000

/** The p99 of a window of some seconds rests on a few calls: one window a round would say little. */
const windowsOfRound = 3

/** How long callers of `/v1/score` wait while a run is scored behind them, and without one. */
export async function latency(): Promise<void> {
  const { folder, manifest: path } = await repeatedPairs('b', pairSpecs.b, items)
  const service = await startEvaluating(folder, {})
  const run = {
    ground_truth: { root: 'pairs', path: '' },
    manifest: { root: 'pairs', path },
    options: { labels: 'classes', intervals: 'none' },
  }
  const rows: Cell[][] = []
  const windows = windowsOfRound * flags.rounds
  try {
    for (const name of ['a', 'b'] as const)
      for (const connections of [1, 8]) {
        const measure = () =>
          underLoad(service, '/v1/score', syntheticPair(name), { connections, seconds: flags.seconds })
        const [alone, beside]: Sample[][] = [[], []]
        for (let window = 0; window < windows; window++) {
          alone.push(await measure())
          const address = await beginRun(service.url, run)
          const before = await runUntil(address, ({ progress }) => progress.done > 0)
          beside.push(await measure())
          const { progress } = await getRun(address)
          if (progress.done === before.progress.done || progress.done === items)
            throw new Error(`the run was not scored meanwhile: ${progress.done} of ${items}`)
          await deleteRun(address)
        }
        const of = (samples: readonly Sample[], field: keyof Sample) =>
          median(samples.map((sample) => sample[field]))
        const [p99, p99Beside] = [of(alone, 'p99Ms'), of(beside, 'p99Ms')]
        const share = of(beside, 'perSecond') / of(alone, 'perSecond')
        const { width, height } = pairSpecs[name]
        rows.push([
          `${width}×${height}, ${connections} at a time`,
          p99,
          p99Beside,
          atMost(p99Beside / p99, goal, '×'),
          `${share.toFixed(2)}×`,
        ])
      }
  } finally {
    await service.stop()
  }
  printTable({
    title: 'Calls of /v1/score with a run behind them',
    reading: `Milliseconds, medians of ${windows} windows of ${flags.seconds} s each way, in turn; the run scores pairs of 2048×1024, and evaluations have their default of half the threads.`,
    columns: ['pair', 'p99 alone', 'p99 beside the run', 'beside / alone', 'calls a second'],
    rows,
  })
}
