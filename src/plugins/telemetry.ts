import fastifyPlugin from 'fastify-plugin'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { ProblemCode } from '../problems/catalogue.ts'

/** What the gauges show, read when they are asked for. */
export interface LoadStatistics {
  readonly workers: number
  readonly busy: number
  readonly queued: number
  readonly restarts: number
  readonly receiving: number
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly telemetry: Registry
    /** For what is refused before it becomes a request. */
    countRefusal(code: ProblemCode): void
  }
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** Counts what the service does, in Prometheus' terms. *Metrics* would be Dice and IoU here, so this is telemetry. */
export const telemetry = fastifyPlugin<{ load: () => LoadStatistics }>(async (app, { load }) => {
  const registry = new Registry()
  const registers = [registry]
  app.decorate('telemetry', registry)
  collectDefaultMetrics({ register: registry })

  const requests = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Time from the headers of a request to the end of its answer',
    labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
    buckets: seconds,
    registers,
  })
  const stageTimes = new Histogram({
    name: 'maskscore_stage_duration_seconds',
    help: 'Time of a scoring by stage; queue is waiting for a worker',
    labelNames: ['stage'],
    buckets: seconds,
    registers,
  })
  const scorings = new Counter({
    name: 'maskscore_scorings_total',
    help: 'Calls that a worker performed, by outcome',
    labelNames: ['outcome'],
    registers,
  })
  const refusals = new Counter({
    name: 'maskscore_refusals_total',
    help: 'Requests refused, by code of the problem',
    labelNames: ['code'],
    registers,
  })
  app.decorate('countRefusal', (code) => refusals.inc({ code }))
  const pixels = new Counter({ name: 'maskscore_pixels_total', help: 'Pixels scored', registers })
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  gauge('maskscore_workers', 'Worker threads', () => load().workers)
  gauge('maskscore_workers_busy', 'Worker threads at work', () => load().busy)
  gauge('maskscore_queue_depth', 'Tasks that wait for a worker', () => load().queued)
  gauge('maskscore_receiving', 'Bodies that arrive', () => load().receiving)
  const restarts = new Counter({
    name: 'maskscore_worker_restarts_total',
    help: 'Workers that died and were replaced',
    registers,
    collect() {
      this.reset()
      this.inc(load().restarts)
    },
  })
  restarts.inc(0)

  app.onRequestEnd(({ request, status, route, totalMs }) => {
    const { code, stages, facts } = request.record
    requests.observe(
      {
        http_request_method: knownMethod(request.method),
        http_route: route,
        http_response_status_code: status,
      },
      totalMs / 1000,
    )
    if (code) refusals.inc({ code })
    if (request.routeOptions.config.admission && status === 500) scorings.inc({ outcome: 'failed' })
    else if (stages) scorings.inc({ outcome: code ? 'refused' : 'scored' })
    if (!stages) return
    for (const [stage, ms] of Object.entries(stages)) stageTimes.observe({ stage }, ms / 1000)
    pixels.inc(facts?.pixels ?? 0)
  })
})

/** A caller may send any method that Node knows; most say nothing. */
const knownMethod = (method: string): string =>
  ['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'].includes(method) ? method : '_OTHER'
