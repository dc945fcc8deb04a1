import fastifyPlugin from 'fastify-plugin'
import { Counter, Gauge } from 'prom-client'

/** Where events of labeling tools are written down, and how many wait. */
export interface HookActivity {
  onDelivery(listener: (delivery: { readonly tool: string; readonly outcome: string }) => void): void
  waiting(): number
}

/** Counts the events of labeling tools by what became of them. */
export const hookTelemetry = fastifyPlugin<HookActivity>(async (app, { onDelivery, waiting }) => {
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
      this.set(waiting())
    },
  })
  onDelivery(({ tool, outcome }) => deliveries.inc({ tool, outcome }))
})
