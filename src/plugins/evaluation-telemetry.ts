import fastifyPlugin from 'fastify-plugin'
import { Gauge } from 'prom-client'

/** How much work on evaluations there is. */
interface EvaluationLoad {
  readonly active: number
  readonly shards: { readonly waiting: number; readonly working: number; readonly lost: number }
  readonly shardSeconds: number
}

interface LoadSource {
  /** Undefined while nobody asked for an evaluation. */
  load(): Promise<EvaluationLoad | undefined>
}

/** Numbers about evaluations; 0 as long as their store is not open. */
export const evaluationTelemetry = fastifyPlugin<LoadSource>(async (app, { load }) => {
  let asked: Promise<EvaluationLoad | undefined> | undefined
  /** One question for all gauges of a scrape. */
  const loaded = () => {
    asked ??= load()
      .catch((error: unknown) => {
        app.log.warn({ err: error }, 'the load of evaluations cannot be told')
        return undefined
      })
      .finally(() => {
        asked = undefined
      })
    return asked
  }
  const gauge = (name: string, help: string, read: (found: EvaluationLoad) => number) =>
    new Gauge({
      name: `maskscore_${name}`,
      help,
      registers: [app.telemetry],
      async collect() {
        const found = await loaded()
        this.set(found ? read(found) : 0)
      },
    })
  gauge('evaluations_active', 'Evaluations that have not ended', ({ active }) => active)
  gauge(
    'evaluation_shards_waiting',
    'Shards of evaluations that are not done',
    ({ shards }) => shards.waiting,
  )
  gauge('evaluation_shards_working', 'Shards that this process works on', ({ shards }) => shards.working)
  gauge(
    'evaluation_shards_lost',
    'Shards that were given up, of runs that are kept',
    ({ shards }) => shards.lost,
  )
  gauge(
    'evaluation_shard_seconds',
    'Mean time of the last shards of this process',
    ({ shardSeconds }) => shardSeconds,
  )
})
