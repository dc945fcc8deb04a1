import { performance } from 'node:perf_hooks'
import { flags } from '../flags.ts'
import { type PairSpec, pairSpecs } from '../images/pair-spec.ts'
import { median } from '../measure.ts'
import { print } from '../output.ts'
import { forgetPeak, peakMbOf, residentMbOf } from '../service/process-tree.ts'
import { atMost } from '../verdict.ts'
import { repeatedPairs } from './repeated-pairs.ts'
import { beginRun, deleteRun, doneRun, runUntil } from './run-client.ts'
import { startEvaluating } from './service-with-roots.ts'

const goal = 3
const few = 20
const tiny: PairSpec = { ...pairSpecs.a, width: 64, height: 64, cells: 6, content: 'classes', seed: 9 }

/** How long a few items take alone, and while a run of a million is planned and scored by the same service. */
export async function smallBesideLarge(): Promise<void> {
  const many = flags.quick ? 20_000 : 1_000_000
  const { folder, manifest } = await repeatedPairs('tiny', tiny, many)
  const small = await repeatedPairs('tiny', tiny, few)
  const service = await startEvaluating(folder, {})
  const runOf = (path: string) => ({
    ground_truth: { root: 'pairs', path: '' },
    manifest: { root: 'pairs', path },
    options: { labels: 'classes' },
  })
  const seconds = async () => {
    const begun = performance.now()
    const address = await beginRun(service.url, runOf(small.manifest))
    await doneRun(address)
    return (performance.now() - begun) / 1000
  }
  try {
    await seconds()
    const alone = await medianOf(seconds)
    forgetPeak(service.pid)
    const before = residentMbOf(service.pid)
    const begun = performance.now()
    const large = await beginRun(service.url, runOf(manifest))
    const planned = await seconds()
    const { progress } = await runUntil(
      large,
      ({ state, progress }) => state === 'running' && progress.done > 0,
    )
    const planSeconds = (performance.now() - begun) / 1000
    const beside = await medianOf(seconds)
    const { shardSeconds } = await shards(service.url)
    print(
      `${few} items take ${alone.toFixed(2)} s alone; ${beside.toFixed(2)} s while a run of ${progress.items} items is scored, of which a shard takes ${shardSeconds.toFixed(2)} s: ${atMost((beside - shardSeconds) / alone, goal, '×')} beside a shard. While the ${progress.items} items are matched, which takes ${planSeconds.toFixed(1)} s: ${planned.toFixed(2)} s. Matching them takes ${Math.round(peakMbOf(service.pid) - before)} MB.\n\n`,
    )
    await deleteRun(large)
  } finally {
    await service.stop()
  }
}

async function medianOf(measure: () => Promise<number>): Promise<number> {
  const values: number[] = []
  for (let round = 0; round < flags.rounds; round++) values.push(await measure())
  return median(values)
}

/** What the service tells of its shards. */
async function shards(url: string): Promise<{ shardSeconds: number }> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return { shardSeconds: Number(/^maskscore_evaluation_shard_seconds (\S+)$/m.exec(text)?.[1]) }
}
