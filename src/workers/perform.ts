import { hash } from 'node:crypto'
import { Refusal } from '../problems/refusal.ts'
import { overlayPng } from '../rendering/overlay-png.ts'
import { agreement } from '../scoring/agreement.ts'
import type { ScoringContext } from '../scoring/context.ts'
import { inspect } from '../scoring/inspect.ts'
import { overlay, overlayLayers } from '../scoring/overlay.ts'
import { openRequest } from '../scoring/request/request.ts'
import { score } from '../scoring/score.ts'
import { scoreTable, tableSources } from '../scoring/table.ts'
import type { Call, HookCall, Outcome, Task } from '../tasks/task.ts'
import { hookPerformers } from './hook-performers.ts'
import type { Performer } from './performer.ts'

const performers: Record<Call | HookCall, Performer> = {
  ...hookPerformers,
  async score(body, context) {
    const request = openRequest(body, ['ground_truth', 'prediction'], context.limits.maxJsonDepth)
    const { report, clock } = await score(request, context)
    const { width, height, pixels, ground_truth, prediction } = report
    const labels = Math.max(ground_truth.labels, prediction.labels)
    return { value: report, times: clock.times, facts: { width, height, pixels: pixels.total, labels } }
  },
  async inspect(body, context) {
    const request = openRequest(body, ['mask'], context.limits.maxJsonDepth)
    const { inspection, clock } = await inspect(request, context)
    const { width, height, labels } = inspection
    return { value: inspection, times: clock.times, facts: { width, height, pixels: width * height, labels } }
  },
  async table(body, context) {
    const request = openRequest(body, tableSources, context.limits.maxJsonDepth)
    const { report, clock } = scoreTable(request, context)
    return { value: report, times: clock.times, facts: {} }
  },
  async agreement(body, context) {
    const request = openRequest(body, ['masks', 'ground_truth'], context.limits.maxJsonDepth)
    const { agreement: value, clock } = await agreement(request, context)
    const { width, height } = value
    return { value, times: clock.times, facts: { width, height, pixels: width * height } }
  },
  async overlay(body, context, accept) {
    const request = openRequest(body, ['ground_truth', 'prediction', 'image'], context.limits.maxJsonDepth)
    const { overlay: seen, clock } = await overlay(request, context)
    const { width, height } = seen.groundTruth
    const facts = { width, height, pixels: width * height }
    if (accept === 'application/json') return { value: overlayLayers(seen), times: clock.times, facts }
    const png = await clock.run('serialise', () => overlayPng(seen, context.limits.maxPixels))
    return { value: png, contentType: 'image/png', times: clock.times, facts }
  },
}

/**
 * One POST call, from the bytes of its request to the bytes of its answer. Expected refusals come back as
 * data; anything that throws out of here is a fault of ours.
 */
export async function perform(task: Task, context: ScoringContext): Promise<Outcome> {
  try {
    const { value, contentType, times, facts } = await performers[task.call](task.body, context, task.accept)
    const start = performance.now()
    const body = value instanceof Uint8Array ? value : new TextEncoder().encode(JSON.stringify(value))
    const etag = `"${hash('sha256', body, 'base64url').slice(0, 27)}"`
    times.serialise += performance.now() - start
    return {
      ok: true,
      contentType: contentType ?? 'application/json; charset=utf-8',
      body,
      etag,
      times,
      facts,
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { ok: false, code: error.code, detail: error.message, errors: error.errors }
  }
}
