import type { Performer } from '../tasks/performer.ts'
import { agreement } from './agreement.ts'
import type { ScoringContext } from './context.ts'
import { inspect } from './inspect.ts'
import { labels } from './planes/labels.ts'
import { float32 } from './planes/plane-type.ts'
import { planesResult } from './planes/planes-result.ts'
import { writeNpy } from './planes/write-npy.ts'
import { openRequest } from './request/request.ts'
import { tableSources } from './request/table-request.ts'
import { score } from './score.ts'
import { gradient } from './soft/gradient.ts'
import { gradientJson } from './soft/gradient-json.ts'
import { table } from './table.ts'

/** The calls of scoring that a worker performs: from the body of a request to an answer that is not serialised yet. */
export const scoringPerformers = {
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
    const { report, clock } = table(request, context)
    return { value: report, times: clock.times, facts: {} }
  },
  async agreement(body, context) {
    const request = openRequest(body, ['masks', 'samples', 'ground_truth'], context.limits.maxJsonDepth)
    const { agreement: value, clock } = await agreement(request, context)
    const { width, height } = value
    return { value, times: clock.times, facts: { width, height, pixels: width * height } }
  },
  async gradient(body, context, accept) {
    const request = openRequest(body, ['ground_truth', 'prediction'], context.limits.maxJsonDepth)
    const { gradient: found, clock } = await gradient(request, context)
    const facts = { values: found.values.length }
    if (accept === 'application/json') return { value: gradientJson(found), times: clock.times, facts }
    const value = clock.run('serialise', () => writeNpy(found.shape, float32, [found.values]))
    const headers = {
      'maskscore-loss': String(found.mi_loss),
      'maskscore-clipped': String(found.clipped),
    }
    return { value, contentType: 'application/x-npy', headers, times: clock.times, facts }
  },
  async labels(body, context, accept) {
    const names = ['ground_truth', 'prediction', 'masks']
    const request = openRequest(body, names, context.limits.maxJsonDepth)
    const { planes, clock } = await labels(request, context)
    return planesResult(planes, clock, accept)
  },
} satisfies Record<string, Performer<ScoringContext>>
