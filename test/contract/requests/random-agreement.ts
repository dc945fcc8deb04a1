import { seededRandom } from '../../../bench/images/random.ts'
import type { Options } from '../reading/options.ts'
import type { Side } from '../reading/side.ts'
import { encoded } from './encode.ts'
import { diceOf, type Grid, likeDocument, likeLabels, randomDocument, randomLabels } from './random-sides.ts'

/** Two to four annotators of a small image or volume, at times with a ground truth: a pure function of the seed. */
export async function randomAgreement(seed: number) {
  const dice = diceOf(seededRandom(seed))
  const isVolume = dice.chance(0.15)
  const grid: Grid = isVolume
    ? { width: dice.int(1, 4), height: dice.int(1, 4), depth: dice.int(2, 3), isVolume }
    : { width: dice.int(1, 8), height: dice.int(1, 6), depth: 1, isVolume }
  const labels = dice.pick([
    [0, 1, 2, 3],
    [0, 1, 255],
    [0, 1, 2, 254, 255],
  ])
  const isDocuments = !isVolume && dice.chance(0.3)
  const mask = randomLabels(grid, labels, dice)
  const document = randomDocument(grid, dice)
  const like = (): Side =>
    isDocuments
      ? likeDocument(grid, document, dice)
      : { kind: 'labels', mask: likeLabels(mask, labels, dice) }
  const annotators = Array.from({ length: dice.int(2, 4) }, like)
  const groundTruth: Side | undefined = dice.chance(0.5)
    ? isDocuments
      ? document
      : { kind: 'labels', mask }
    : undefined
  const crowd = () =>
    isDocuments && dice.chance(0.6) ? { crowd: dice.pick(['object', 'ignore'] as const) } : {}
  const samples = dice.chance(0.4) ? Array.from({ length: dice.int(2, 3) }, like) : []
  const ged = {
    ...(dice.chance(0.4) && { distance: 'mi_loss' as const }),
    ...(dice.chance(0.3) && { background: dice.pick([null, 1, 255]) }),
    ...(dice.chance(0.3) && { classes: [0, 1, 2, 255].filter(() => dice.chance(0.7)).concat(3) }),
  }
  const options = {
    ...(dice.chance(0.5) && { ignore_labels: isDocuments ? [dice.int(1, 3)] : [255] }),
    ...(dice.chance(0.15) && { ignore_prediction_labels: [dice.pick(labels)] }),
    ...(dice.chance(0.25) && { binary: true }),
    ...(isVolume && { stack: 'volume' as const }),
    ground_truth: crowd(),
    prediction: crowd(),
    ...(samples.length > 0 && dice.chance(0.7) && { samples: crowd(), ged }),
  }
  const masks = await Promise.all(
    annotators.map(async (side, index) => ({ annotator: `a${index}`, mask: await encoded(side, 'npy') })),
  )
  const request = {
    masks,
    ...(samples.length > 0 && {
      samples: await Promise.all(samples.map(async (side) => ({ mask: await encoded(side, 'npy') }))),
    }),
    ...(groundTruth && { ground_truth: await encoded(groundTruth, 'npy') }),
    options,
  }
  const { ged: gedOptions = {}, ...others } = { ged: undefined, ...options }
  const asked = { families: [], ...others } as Options & { samples?: Options['prediction'] }
  return { annotators, samples, groundTruth, ged: gedOptions, options: asked, request }
}
