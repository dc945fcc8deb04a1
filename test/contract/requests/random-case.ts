import { seededRandom } from '../../../bench/images/random.ts'
import type { Options } from '../reading/options.ts'
import { resized } from '../reading/resize.ts'
import type { Side } from '../reading/side.ts'
import { type Encoding, encoded } from './encode.ts'
import { randomOptions } from './random-options.ts'
import {
  type Dice,
  diceOf,
  type Grid,
  likeDocument,
  likeLabels,
  randomDocument,
  randomLabels,
} from './random-sides.ts'

export interface Case {
  readonly groundTruth: Side
  readonly prediction: Side
  readonly options: Options
  /** The body of the request. */
  readonly request: object
}

/** A pair of small masks and a mix of options: a pure function of the seed. */
export async function randomCase(seed: number): Promise<Case> {
  const dice = diceOf(seededRandom(seed))
  const isVolume = dice.chance(0.25)
  const grid: Grid = isVolume
    ? { width: dice.int(1, 5), height: dice.int(1, 4), depth: dice.int(1, 3), isVolume }
    : { width: dice.int(1, 9), height: dice.int(1, 8), depth: 1, isVolume }
  const labels = dice.pick([
    [0, 1, 2, 3],
    [0, 1, 2, 255],
    [0, 1, 2, 3, 254, 255],
    [0, 1],
    [0, 7, 255],
    [0, 1, 70_000],
  ])
  const { groundTruth, prediction: sameSize } = sides(grid, labels, dice)
  const isResized = !isVolume && dice.chance(0.1)
  const prediction = isResized
    ? onGrid(sameSize, grid, { ...grid, width: dice.int(1, 12), height: dice.int(1, 12) })
    : sameSize
  const options = randomOptions({ groundTruth, prediction, labels, grid, isResized }, dice)
  const encodings: Encoding[] = isVolume ? ['rows', 'npy'] : ['rows', 'rows', 'npy', 'png']
  const encoding = (): Encoding =>
    Math.max(...labels) > 255 ? dice.pick(['rows', 'npy']) : dice.pick(encodings)
  const request = {
    ground_truth: await encoded(groundTruth, encoding()),
    prediction: await encoded(prediction, encoding()),
    options,
  }
  return { groundTruth, prediction, options, request }
}

function sides(grid: Grid, labels: readonly number[], dice: Dice): { groundTruth: Side; prediction: Side } {
  const mask = randomLabels(grid, labels, dice)
  const document = grid.isVolume ? undefined : randomDocument(grid, dice)
  const like = dice.chance(0.8)
  const other: Side = { kind: 'labels', mask: (like ? likeLabels : randomOther)(mask, labels, dice) }
  if (!document || dice.chance(0.5)) return { groundTruth: { kind: 'labels', mask }, prediction: other }
  const otherDocument = like ? likeDocument(grid, document, dice) : randomDocument(grid, dice)
  // A mask whose labels are the objects of the document, or any other one.
  const drawn = grid.width * grid.height
  const objects = Array.from({ length: drawn }, (_, pixel) =>
    document.things.findLastIndex(({ covers }) => covers[pixel]),
  ).map((index) => index + 1)
  const asLabels: Side = {
    kind: 'labels',
    mask: like ? likeLabels({ ...grid, labels: objects }, [0, 1, 2, 3], dice) : other.mask,
  }
  return dice.pick([
    { groundTruth: document, prediction: otherDocument },
    { groundTruth: document, prediction: otherDocument },
    { groundTruth: document, prediction: asLabels },
    { groundTruth: asLabels, prediction: document },
  ])
}

const randomOther = (mask: Grid, labels: readonly number[], dice: Dice) => randomLabels(mask, labels, dice)

/** The same side on another grid. */
function onGrid(side: Side, from: Grid, to: Grid): Side {
  if (side.kind === 'labels')
    return { kind: 'labels', mask: { ...to, labels: resized(side.mask.labels, from, to) } }
  const things = side.things
    .map((thing) => ({ ...thing, covers: resized(thing.covers, from, to) }))
    .filter(({ covers }) => !side.isPanoptic || covers.includes(true))
  return { ...side, width: to.width, height: to.height, things }
}
