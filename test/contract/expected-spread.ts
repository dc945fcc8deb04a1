import { expectedAgreement, read } from './expected-agreement.ts'
import { Gap, mean, type Score, sum } from './reading/gap.ts'
import type { Options } from './reading/options.ts'
import { leftOut, type Side } from './reading/side.ts'
import { tableOf } from './reading/table.ts'
import { miLoss } from './scores/information.ts'

interface GedOptions {
  readonly distance?: 'iou' | 'mi_loss'
  readonly background?: number | null
  readonly classes?: readonly number[]
}

interface Asked {
  readonly annotators: readonly Side[]
  readonly samples: readonly Side[]
  readonly groundTruth: Side | undefined
  readonly ged: GedOptions
  readonly options: Options & { readonly samples?: Options['prediction'] }
}

/** What the answer to annotators of one image, and to samples of a model where there are some, has to say. */
export function expectedSpread({ annotators, samples, groundTruth, ged, options }: Asked) {
  const { samples: reading, ...others } = options
  const agreement = expectedAgreement(annotators, groundTruth, others)
  return samples.length === 0
    ? agreement
    : { ...agreement, ged: spread({ annotators, samples, groundTruth, ged, options: others }, reading ?? {}) }
}

function spread(
  { annotators, samples, groundTruth, ged, options }: Asked,
  reading: NonNullable<Options['prediction']>,
): Record<string, unknown> {
  const { distance = 'iou', background = 0, classes } = ged
  const masks = annotators.map((side) => read(side, options))
  const drawn = samples.map((side) => read(side, { ...options, prediction: reading }))
  const truth = groundTruth && read(groundTruth, { ...options, prediction: options.ground_truth ?? {} })
  const ignored = new Set(options.ignore_prediction_labels)
  const everywhere = drawn[0].labels.map((_, pixel) => pixel)
  const counted = everywhere.filter(
    (pixel) =>
      truth?.isVoid[pixel] !== true &&
      masks.every(({ isVoid, labels }) => !isVoid[pixel] && !ignored.has(labels[pixel])) &&
      drawn.every(({ labels }) => labels[pixel] !== leftOut && !ignored.has(labels[pixel])),
  )
  // Void of a sample is there as a label of its own, and no class.
  const voids = new Set(
    drawn.flatMap(({ classes: own, isVoid }) => everywhere.filter((p) => isVoid[p]).map((p) => own[p])),
  )
  const all = [...masks, ...drawn].flatMap(({ classes: own }) => counted.map((pixel) => own[pixel]))
  // Under `binary` a void label 1 has another name, and 1 is the foreground.
  const given = options.ignore_labels ?? []
  const foreground = [...new Set(classes ?? all)].filter(
    (label) =>
      label !== background &&
      !voids.has(label) &&
      !(given.includes(label) && !(options.binary && label === 1)),
  )
  const apart = (a: readonly number[], b: readonly number[]): number => {
    if (distance === 'mi_loss')
      return miLoss(
        tableOf(
          a,
          b,
          everywhere.map((p) => counted.includes(p)),
        ),
      ).mi_loss as number
    const missed = foreground.map((label) => {
      const either = counted.filter((p) => a[p] === label || b[p] === label)
      return either.length === 0 ? 0 : 1 - either.filter((p) => a[p] === b[p]).length / either.length
    })
    return sum(missed) / missed.length
  }
  const why =
    counted.length === 0
      ? new Gap('no_pixels')
      : distance === 'iou' && foreground.length === 0
        ? new Gap('absent_both')
        : undefined
  const expectation = (a: typeof masks, b: typeof masks): Score =>
    why ??
    mean(
      a.flatMap((one) => b.map((other) => apart(one.classes, other.classes))),
      'no_pixels',
    )
  const [cross, among, within] = [
    expectation(masks, drawn),
    expectation(masks, masks),
    expectation(drawn, drawn),
  ]
  return {
    distance,
    pixels: counted.length,
    ged2: why ?? 2 * (cross as number) - (within as number) - (among as number),
    cross,
    diversity_masks: among,
    diversity_samples: within,
    samples: drawn.map((sample) => ({ distance_to_masks: expectation(masks, [sample]) })),
    ...(distance === 'iou' && {
      classes: foreground.sort((a, b) => a - b).map((label) => ({ label })),
    }),
  }
}
