import fastifyPlugin from 'fastify-plugin'
import { Counter, Gauge } from 'prom-client'

/** Where events of labeling tools are written down, and how many wait. */
export interface HookActivity {
  onDelivery(listener: (delivery: { readonly tool: string; readonly outcome: string }) => void): void
  waiting(): number
  onRetry(listener: (retry: { readonly tool: string; readonly outcome: string }) => void): void
  kept(): number
}

/** Counts the events of labeling tools by what became of them. */
export const hookTelemetry = fastifyPlugin<HookActivity>(async (app, hooks) => {
  const registers = [app.telemetry]
  const deliveries = new Counter({
    name: 'maskscore_hook_deliveries_total',
    help: 'Events of labeling tools, by what became of them',
    labelNames: ['tool', 'outcome'],
    registers,
  })
  new Gauge({
    name: 'maskscore_hook_queue_depth',
    help: 'Events of labeling tools that wait to be worked on',
    registers,
    collect() {
      this.set(hooks.waiting())
    },
  })
  const retries = new Counter({
    name: 'maskscore_hook_retries_total',
    help: 'Tries of events that could not be done at first, by what became of them',
    labelNames: ['tool', 'outcome'],
    registers,
  })
  new Gauge({
    name: 'maskscore_hook_kept',
    help: 'Events of labeling tools that are kept to be tried again',
    registers,
    collect() {
      this.set(hooks.kept())
    },
  })
  hooks.onDelivery(({ tool, outcome }) => deliveries.inc({ tool, outcome }))
  hooks.onRetry(({ tool, outcome }) => retries.inc({ tool, outcome }))
})
