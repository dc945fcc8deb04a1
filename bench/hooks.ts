import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { median } from './measure.ts'
import { maskscore } from './service/commands.ts'
import { largeBrush } from './service/large-brush.ts'
import { startServer } from './service/server-process.ts'
import { printTable, ratio } from './table.ts'

const events = 30
const secret = 'bench-hook-secret'
/** Label Studio waits a second, its network included. */
const goalMs = 300

/** How long Label Studio waits for its webhook, against how long the same masks take to be scored. */
export async function run(): Promise<void> {
  // All events of a row may wait at once: on an idle machine they arrive faster than they are worked on.
  const room = { MASKSCORE_MAX_REQUEST_BYTES: '512MB' }
  const server = await startServer(maskscore({ MASKSCORE_LABEL_STUDIO_HOOK_SECRET: secret, ...room }))
  const base = `http://127.0.0.1:${server.port}`
  try {
    const rows = []
    for (const side of [200, 600, 900]) {
      const result = [largeBrush(side)]
      const event = (id: number) =>
        JSON.stringify({
          action: 'ANNOTATION_UPDATED',
          annotation: { id, task: 1, result, updated_at: new Date().toISOString() },
          task: { id: 1, annotations: [{ id: 0, ground_truth: true, result }] },
        })
      const bytes = event(1).length
      const acknowledged: number[] = []
      for (let id = 1; id <= events; id++) {
        const body = event(side * 1000 + id)
        acknowledged.push(await timed(`${base}/v1/hooks/label-studio`, body, 202))
        await sleep(20)
      }
      await drained(base, events)
      const mask = { format: 'label_studio', data: result }
      const pair = JSON.stringify({ ground_truth: mask, prediction: mask })
      const scored: number[] = []
      for (let k = 0; k < 10; k++) scored.push(await timed(`${base}/v1/score`, pair, 200))
      const [middle, worst] = [median(acknowledged), Math.max(...acknowledged)]
      rows.push([
        `${(bytes / 2 ** 20).toFixed(1)} MB`,
        middle,
        worst <= goalMs ? worst : `${worst.toFixed(0)} (MISSES)`,
        median(scored),
        ratio(median(scored), middle),
      ])
    }
    printTable({
      title: 'Acknowledging an event of Label Studio',
      reading: `Milliseconds of ${events} events in a row, each scored while the next arrive; at most ${goalMs} are meant to pass.`,
      columns: ['event', 'acknowledged', 'the slowest', 'the same scored by /v1/score', 'ratio'],
      rows,
    })
  } finally {
    await server.stop()
  }
}

async function timed(url: string, body: string, status: number): Promise<number> {
  const sent = performance.now()
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body,
  })
  await response.arrayBuffer()
  if (response.status !== status) throw new Error(`${url}: ${response.status}`)
  return performance.now() - sent
}

/** Waits until the last so many events are scored; one that was not would make the figures worthless. */
async function drained(base: string, count: number): Promise<void> {
  for (;;) {
    const answer = await (await fetch(`${base}/v1/hooks/deliveries`)).json()
    const { deliveries } = answer as { deliveries: { outcome: string }[] }
    const last = deliveries.slice(0, count)
    const other = last.find(({ outcome }) => outcome !== 'scored')
    if (other) throw new Error(`an event was ${other.outcome}`)
    const metrics = await (await fetch(`${base}/metrics`)).text()
    if (/^maskscore_hook_queue_depth 0$/m.test(metrics)) return
    await sleep(50)
  }
}
