import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Postgres } from '../../test/store/postgres.ts'
import { flags } from '../flags.ts'
import { pairSpecs } from '../images/pair-spec.ts'
import { print } from '../output.ts'
import { cpuMsOf } from '../service/process-tree.ts'
import { type Cell, printTable } from '../table.ts'
import { atLeast } from '../verdict.ts'
import { repeatedPairs } from './repeated-pairs.ts'
import { type AskedRun, beginRun, doneRun } from './run-client.ts'
import { startEvaluating } from './service-with-roots.ts'
import { startSleepingWorker, startWorker, type WorkerProcess } from './worker-process.ts'

const goal = 0.95
/** The fewest that a shard has: files are as large as that takes. */
const itemsOfShard = 16
const fileBytes = 2 ** 22
const threadsOfWorker = 2
const itemMs = 20

/** What all shards of a run took. */
interface Shards {
  readonly count: number
  /** From when the first was taken to when the last was done. */
  readonly seconds: number
  /** Processor time of the workers and of PostgreSQL. */
  readonly cpuMs: number
}

/** How much faster a run is with more worker processes over one PostgreSQL. */
export async function scaling(postgres: Postgres): Promise<void> {
  const shards = flags.quick ? 100 : 1000
  const items = shards * itemsOfShard
  const databaseUrl = await postgres.database()
  const service = await startEvaluating(largeFiles(items), {
    MASKSCORE_DATABASE_URL: databaseUrl,
    MASKSCORE_EVALUATION_THREADS: '0',
  })
  try {
    const order = { dataDir: service.dataDir, databaseUrl, threads: threadsOfWorker, itemMs }
    const measure = (workers: number) =>
      withWorkers(workers, () => startSleepingWorker(order), {
        service: service.url,
        postgres,
        databaseUrl,
        run: {
          ground_truth: { ...manifest, path: '' },
          manifest,
          options: { labels: 'classes', intervals: 'none' },
        },
      })
    const one = await measure(1)
    const slept = (items * itemMs) / 1000 / threadsOfWorker
    const rows: Cell[][] = []
    for (const workers of [1, 8]) {
      const { seconds, count, cpuMs } = workers === 1 ? one : await measure(workers)
      const share = workers === 1 ? '-' : atLeast(one.seconds / seconds / workers, goal, '')
      rows.push([workers, seconds, share, (1000 * (seconds * workers - slept)) / count, cpuMs / count])
    }
    printTable({
      title: `${one.count} shards of ${items} sleeping items, worker processes over PostgreSQL`,
      reading: `Every item is ${itemMs} ms of sleep, ${threadsOfWorker} at a time in a process. Seconds from the first shard taken to the last one done; speed beside one worker, divided by the workers; milliseconds of a worker a shard beside the sleep; processor milliseconds a shard of workers and PostgreSQL.`,
      columns: ['workers', 'seconds', 'share of linear', 'ms a shard', 'CPU ms a shard'],
      rows,
    })
  } finally {
    await service.stop()
  }
}

/** Real pairs, by one worker of one thread and by two of them. */
export async function twoWorkers(postgres: Postgres): Promise<void> {
  const items = flags.items ?? (flags.quick ? 300 : 3000)
  const { folder, manifest: path } = await repeatedPairs('b', pairSpecs.b, items)
  const databaseUrl = await postgres.database()
  const settings = { MASKSCORE_DATABASE_URL: databaseUrl }
  const service = await startEvaluating(folder, { ...settings, MASKSCORE_EVALUATION_THREADS: '0' })
  try {
    const environment = { ...settings, MASKSCORE_DATA_DIR: service.dataDir, MASKSCORE_THREADS: '1' }
    const run = {
      ground_truth: { root: 'pairs', path: '' },
      manifest: { root: 'pairs', path },
      options: { labels: 'classes', ignore_labels: [255] },
    }
    const measure = (workers: number) =>
      withWorkers(workers, () => startWorker(environment), {
        service: service.url,
        postgres,
        databaseUrl,
        run,
      })
    const [one, two] = [await measure(1), await measure(2)]
    print(
      `${items} real pairs of 2048×1024 in ${one.count} shards: ${Math.round(items / one.seconds)} pairs/s by one \`maskscore work\` with one thread, ${Math.round(items / two.seconds)} by two on the same two cores, ${(one.seconds / two.seconds).toFixed(2)}×.\n\n`,
    )
  } finally {
    await service.stop()
  }
}

const manifest = { root: 'pairs', path: 'manifest.ndjson' }

/** A manifest of items whose files are large, so that shards have few of them. Nobody reads the files. */
function largeFiles(items: number): string {
  const folder = join(tmpdir(), 'maskscore-bench', 'large-files')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const name of ['truth.png', 'prediction.png']) {
    writeFileSync(join(folder, name), '')
    truncateSync(join(folder, name), fileBytes)
  }
  const rows = Array.from({ length: items }, (_, index) => ({
    key: `item-${String(index).padStart(6, '0')}`,
    ground_truth: 'truth.png',
    prediction: 'prediction.png',
  }))
  writeFileSync(join(folder, manifest.path), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  return folder
}

interface Measured {
  readonly service: string
  readonly postgres: Postgres
  readonly databaseUrl: string
  readonly run: AskedRun
}

async function withWorkers(
  workers: number,
  start: () => Promise<WorkerProcess>,
  { service, postgres, databaseUrl, run }: Measured,
): Promise<Shards> {
  const started = await Promise.all(Array.from({ length: workers }, start))
  const cpu = () => [postgres, ...started].reduce((sum, { pid }) => sum + cpuMsOf(pid), 0)
  try {
    const before = cpu()
    const { id, complete, progress } = await doneRun(await beginRun(service, run))
    if (!complete) throw new Error(`the run is not complete: ${JSON.stringify(progress)}`)
    return { ...(await shardsOf(databaseUrl, id)), cpuMs: cpu() - before }
  } finally {
    await Promise.all(started.map((worker) => worker.stop()))
  }
}

/** What the queue has noted. */
async function shardsOf(databaseUrl: string, run: string): Promise<Omit<Shards, 'cpuMs'>> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<Omit<Shards, 'cpuMs'>>(
      `select count(*)::int as count, extract(epoch from max(completed_on) - min(started_on))::float8 as seconds
       from maskscore_queue.job where name = 'shard' and data->>'run' = $1 and state = 'completed'`,
      [run],
    )
    return rows[0]
  } finally {
    await client.end()
  }
}
