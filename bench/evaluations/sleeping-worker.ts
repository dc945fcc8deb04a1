import { setTimeout as sleep } from 'node:timers/promises'
import type { Chunk } from '../../src/evaluations/running/score-chunk.ts'
import { defaultLimits } from '../../src/limits.ts'
import { openEvaluations } from '../../src/store/open-evaluations.ts'
import type { TaskRunner } from '../../src/tasks/runner.ts'
import { stubRun } from '../dataset/stub-rows.ts'

/** A process as `maskscore work`, whose threads sleep for each item instead of scoring it. Told as JSON in argv. */
export interface SleepingOrder {
  readonly dataDir: string
  readonly databaseUrl: string
  readonly threads: number
  /** Milliseconds of sleep for an item. */
  readonly itemMs: number
}

const dayMs = 86_400_000
const { threads, itemMs, ...places }: SleepingOrder = JSON.parse(process.argv[2])
const runner: TaskRunner = {
  async run({ call, body }, signal) {
    if (call !== 'evaluate') throw new Error(`${call} is not slept through: ask for no intervals`)
    const { items } = (body as { readonly value: unknown }).value as Chunk
    await sleep(itemMs * items.length, undefined, signal && { signal })
    return stubRun(items)
  },
  statistics: { workers: threads, busy: 0, queued: 0, abandoned: 0, meanServiceMs: 0, restarts: 0 },
  isWhole: true,
}
const say = (text: string) => process.stderr.write(`${text}\n`)
const store = await openEvaluations({
  ...places,
  threads,
  limits: { resultRetention: dayMs, uploadRetention: dayMs, maxStoredBytes: 2 ** 40, maxEvaluations: 8 },
  context: { limits: defaultLimits, pngDecoder: 'auto' },
  runner,
  download: () => Promise.reject(new Error('nothing is downloaded')),
  log: {
    info: () => undefined,
    warn: (facts, text) => say(`${text} ${JSON.stringify(facts)}`),
    error: (_, text) => say(text),
  },
})
process.stdout.write('working\n')
process.once('SIGTERM', async () => {
  await store.close()
  process.exit(0)
})
setInterval(() => undefined, 60_000)
