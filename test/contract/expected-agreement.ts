import { Gap, mean, ratio, type Score, sum } from './reading/gap.ts'
import { countedAs, type Options, voidLabels } from './reading/options.ts'
import { readPair } from './reading/read-pair.ts'
import { leftOut, type Side } from './reading/side.ts'
import { tableOf } from './reading/table.ts'
import { miLoss } from './scores/information.ts'
import { overlap } from './scores/overlap.ts'

/** What the answer to annotators of one image has to say. */
export function expectedAgreement(
  annotators: readonly Side[],
  groundTruth: Side | undefined,
  { prediction: reading = {}, ...options }: Options,
): Record<string, unknown> {
  const sides = annotators.map((side) => read(side, { ...options, prediction: reading }))
  const truth = groundTruth && read(groundTruth, { ...options, prediction: options.ground_truth ?? {} })
  // A label that no annotator may give, and the void of the ground truth, drop a pixel for everybody.
  const ignored = new Set(options.ignore_prediction_labels)
  const isOut = sides[0].labels.map(
    (_, pixel) => truth?.isVoid[pixel] === true || sides.some(({ labels }) => ignored.has(labels[pixel])),
  )
  const pairOf = (a: ReadAnnotator, b: ReadAnnotator, isVoid: (pixel: number) => boolean) =>
    tableOf(
      a.classes,
      b.classes,
      isOut.map((out, pixel) => !out && !isVoid(pixel)),
    )
  // Void that either of two annotators says drops a pixel for these two.
  const between = (i: number, j: number) =>
    pairOf(sides[i], sides[j], (pixel) => sides[i].isVoid[pixel] || sides[j].isVoid[pixel])
  const pairScores = (i: number, j: number) => {
    const table = between(Math.min(i, j), Math.max(i, j))
    return { loss: miLoss(table).mi_loss, iou: overlap(table, { families: [] }).mean_iou as Score }
  }
  const everybody = sides.map((_, index) => index)
  const matrix = everybody.map((i) =>
    everybody.map((j) => (i === j ? { loss: undefined, iou: undefined } : pairScores(i, j))),
  )
  const meanOf = (scores: readonly (Score | undefined)[]) =>
    mean(
      scores.filter((score) => typeof score === 'number'),
      'no_pixels',
    )
  return {
    annotators: sides.map((side, i) => {
      const table = truth && pairOf(truth, side, (pixel) => side.labels[pixel] === leftOut)
      return {
        mean_mi_loss: meanOf(matrix[i].map(({ loss }) => loss)),
        mean_iou: meanOf(matrix[i].map(({ iou }) => iou)),
        ...(table && {
          mi_loss: miLoss(table).mi_loss,
          mean_iou_ground_truth: overlap(table, options).mean_iou_ground_truth,
        }),
      }
    }),
    mi_loss: matrix.map((row) => row.map(({ loss }) => loss)),
    mean_iou: matrix.map((row) => row.map(({ iou }) => iou)),
    disagreement: disagreement(sides, isOut),
  }
}

export interface ReadAnnotator {
  /** Labels of the file, on the grid. */
  readonly labels: readonly number[]
  readonly classes: readonly number[]
  readonly isVoid: readonly boolean[]
}

/** One mask, as the prediction of a pair in which it meets itself. */
export function read(side: Side, { binary, prediction, ignore_labels }: Options): ReadAnnotator {
  const options = { families: [], ...(ignore_labels && { ignore_labels }), ground_truth: prediction ?? {} }
  const plain = readPair(side, side, { ...options, prediction: prediction ?? {} }).groundTruth.classes
  const ignored = voidLabels(options)
  const isVoid = plain.map((label) => ignored.has(label) || label === leftOut)
  const classes = plain.map((label) =>
    label === leftOut ? label : countedAs(label, { ...options, ...(binary && { binary }) }),
  )
  return { labels: plain, classes, isVoid }
}

/** Pixels on which the annotators who say something do not all say the same; one voice alone is none. */
function disagreement(sides: readonly ReadAnnotator[], isOut: readonly boolean[]) {
  const votes = isOut.flatMap((out, pixel) => {
    const said = sides.filter(({ isVoid }) => !isVoid[pixel]).map(({ classes }) => classes[pixel])
    return out || said.length < 2 ? [] : [said]
  })
  const entropy = (said: readonly number[]) =>
    sum(
      [...new Set(said)].map((label) => {
        const share = said.filter((other) => other === label).length / said.length
        return share * Math.log2(1 / share)
      }),
    )
  const pixels = votes.filter((said) => new Set(said).size > 1).length
  return {
    pixels,
    share: ratio(pixels, votes.length, 'no_pixels'),
    entropy_mean: votes.length === 0 ? new Gap('no_pixels') : sum(votes.map(entropy)) / votes.length,
  }
}
