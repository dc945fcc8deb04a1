import { monitorEventLoopDelay } from 'node:perf_hooks'
import fastifyPlugin from 'fastify-plugin'
import { Refusal } from '../problems/refusal.ts'

export interface SheddingBounds {
  /** Milliseconds; 0: none. */
  readonly maxEventLoopDelay: number
  /** Resident bytes; 0: none. */
  readonly maxMemory: number
}

const sampleMs = 500
const resolutionMs = 20

/** Refuses new work while the event loop lags or memory is short. Requests in work go on, probes are answered. */
export const shedding = fastifyPlugin<SheddingBounds>(async (app, { maxEventLoopDelay, maxMemory }) => {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs })
  let reason: string | undefined
  const sample = () => {
    const delayMs = Math.max(0, histogram.mean / 1e6 - resolutionMs)
    histogram.reset()
    if (maxEventLoopDelay > 0 && delayMs > maxEventLoopDelay) reason = 'The service cannot keep up.'
    else if (maxMemory > 0 && process.memoryUsage.rss() > maxMemory) reason = 'Memory is short.'
    else reason = undefined
  }
  histogram.enable()
  const timer = setInterval(sample, sampleMs).unref()
  app.addHook('onClose', async () => {
    clearInterval(timer)
    histogram.disable()
  })
  app.addHook('onRequest', async (request) => {
    const { admission, upload } = request.routeOptions.config
    if (reason && (admission || upload)) throw new Refusal('OVERLOADED', reason)
  })
})
