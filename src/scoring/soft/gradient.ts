import type { ProbabilityMap } from '../../labels/probability-map.ts'
import { UndefinedScore } from '../../metrics/numbers/undefined-score.ts'
import { lossGradient } from '../../metrics/soft/loss-gradient.ts'
import { pixelGradient } from '../../metrics/soft/pixel-gradient.ts'
import { softScores } from '../../metrics/soft/soft-scores.ts'
import { Refusal, refuseField } from '../../problems/refusal.ts'
import type { ScoringContext } from '../context.ts'
import { countPair } from '../pair/count-pair.ts'
import { openPair } from '../pair/open-pair.ts'
import { parseOptions, parseScoreOptions } from '../request/parse-options.ts'
import type { ScoringRequest } from '../request/request.ts'
import { StageClock } from '../stage-clock.ts'
import { gradientOptionsSchema } from './gradient-options.ts'
import { type MapPair, softPair } from './soft-pair.ts'
import { type SummedMaps, sumMaps } from './sum-maps.ts'

/** The gradient of `soft.mi_loss` by every stored value of the prediction. */
export interface Gradient {
  readonly of: 'logits' | 'probabilities'
  /** Null where no pixel is counted. */
  readonly mi_loss: number | null
  /** Empty cells of the joint table that stood at `soft.epsilon`. */
  readonly clipped: number
  /** Of the prediction's array. */
  readonly shape: readonly number[]
  /** In the order of the prediction's array, last axis fastest. */
  readonly values: Float32Array
}

/**
 * Opens a request of POST /v1/gradient and computes the gradient.
 * @throws Refusal INVALID_OPTIONS where the prediction is no map, or the loss has no such gradient
 */
export async function gradient(
  request: ScoringRequest,
  context: ScoringContext,
): Promise<{ gradient: Gradient; clock: StageClock }> {
  const clock = new StageClock()
  const { of, ...asked } = parseOptions(gradientOptionsSchema, request.options)
  const options = parseScoreOptions({ ...asked, families: ['soft'] })
  const { probabilities } = options.prediction
  if (!probabilities)
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/prediction/probabilities',
      'The gradient is by probabilities: set `prediction.probabilities`.',
    )
  if (probabilities.independent)
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/prediction/probabilities/independent',
      'Independent channels have no joint table, whose loss this is the gradient of.',
    )
  if (options.soft.coupling === 'maximal')
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/soft/coupling',
      'The loss of the maximal coupling has no gradient where probabilities are equal: take "product".',
    )
  if (of === 'logits' && (probabilities.activation === 'none' || probabilities.normalize))
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/of',
      'Say what makes probabilities of the logits: `prediction.probabilities.activation` "softmax" or "sigmoid", without `normalize`.',
    )
  const masks = { groundTruth: request.mask('ground_truth'), prediction: request.mask('prediction') }
  const pair = await clock.run('decode', () => openPair(masks, options, context))
  if (pair.warnings.some(({ code }) => code === 'REORIENTED'))
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/geometry',
      'The gradient is answered in the order of the file, and the prediction was turned: save it in the orientation of the ground truth.',
    )
  const counted = clock.run('count', () => countPair(pair, options, context.limits))
  const map = pair.prediction.probabilities
  const maps = softPair(pair, counted, options)
  if (!map || !maps) throw new Error('the prediction was opened without probabilities')
  if (of === 'logits' && map.activation === 'sigmoid' && !map.hasOneChannel)
    throw new Refusal(
      'INVALID_OPTIONS',
      'Several channels of a sigmoid are independent, and have no joint table.',
    ).advising('Set `activation` to "softmax" if each pixel is of one class.')
  const result = clock.run('metrics', () => {
    const summed = sumMaps(maps, options)
    if (summed.withoutTable)
      throw new Refusal('IMAGE_TOO_LARGE', 'Two soft maps of so many classes and pixels are too much work.')
    return gradientOf(maps, summed, map, of, options.soft.epsilon)
  })
  return { gradient: result, clock }
}

function gradientOf(
  { pair, isTruthSoft }: MapPair,
  { sums, coupling }: SummedMaps,
  map: ProbabilityMap,
  of: Gradient['of'],
  epsilon: number,
): Gradient {
  const { shape, channels, channelStep, pixelStep } = map.stored
  const { mi_loss } = softScores(sums, pair.classes, { logBase: 2, coupling, isTruthSoft })
  const byTable = lossGradient(sums.table, pair.classes.length, epsilon)
  const total = sums.table.reduce((all, cell) => all + cell, 0)
  const values = new Float32Array(shape.reduce((product, side) => product * side, 1))
  const through = of === 'logits' && map.activation === 'softmax' ? 'softmax' : 'probabilities'
  const indexOf = new Map(pair.classes.map((label, index) => [label, index]))
  const rowOf = (channel: number) => indexOf.get(channels[channel]) ?? 0
  pixelGradient(pair, byTable?.table, total, through, ({ from, count, stride, gradient, q }) => {
    if (map.hasOneChannel) {
      const [background, foreground] = [rowOf(0) * stride, rowOf(1) * stride]
      for (let i = 0; i < count; i++) {
        const here = q[foreground + i]
        const factor = of === 'logits' ? here * (1 - here) : 1
        values[(from + i) * pixelStep] = factor * (gradient[foreground + i] - gradient[background + i])
      }
      return
    }
    for (const channel of channels.keys()) {
      const row = rowOf(channel) * stride
      for (let i = 0; i < count; i++)
        values[channel * channelStep + (from + i) * pixelStep] = gradient[row + i]
    }
  })
  return {
    of,
    mi_loss: mi_loss instanceof UndefinedScore ? null : mi_loss,
    clipped: byTable?.clipped ?? 0,
    shape,
    values,
  }
}
