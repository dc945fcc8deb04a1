import type { LabelMap } from '../../labels/label-map.ts'
import type { ProbabilityMap } from '../../labels/probability-map.ts'
import type { SoftPair, SoftSide } from '../../metrics/soft/soft-pair.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { Counted } from '../pair/count-pair.ts'
import { pairRules } from '../pair/label-rules.ts'
import type { Pair } from '../pair/pair.ts'
import type { ScoreOptions } from '../request/options.ts'
import { mergedClasses } from './merged-classes.ts'

/** A pair of which a side is a probability map, and what its scores depend on. */
export interface MapPair {
  readonly pair: SoftPair
  /** Whether the ground truth has probabilities between 0 and 1. */
  readonly isTruthSoft: boolean
  readonly isPredictionSoft: boolean
  readonly independent: boolean
  readonly hasOneChannel: boolean
}

/**
 * The pixels of a pair with the classes of its probability maps; undefined where neither side is one.
 * Classes are the channels of the prediction, else those of the ground truth, under the names that are counted: void and
 * dropped pixels are left out, and `binary` adds up all channels but that of label 0.
 * @throws Refusal CLASS_COUNT_MISMATCH when the other side has a label without a channel
 */
export function softPair(
  pair: Pair,
  { classes: table, pixels }: Counted,
  options: ScoreOptions,
): MapPair | undefined {
  const truth = pair.groundTruth.probabilities
  const predicted = pair.prediction.probabilities
  const leading = predicted ?? truth
  if (!leading || !pixels) return undefined
  const rules = pairRules(options, {
    groundTruth: pair.groundTruth.ignored,
    prediction: pair.prediction.ignored,
  })
  const ofTruth = truth && mergedClasses(truth, rules.groundTruth.countedAs)
  const ofPrediction = predicted && mergedClasses(predicted, rules.prediction.countedAs)
  const classes = (ofPrediction ?? ofTruth)?.labels ?? []
  const has = new Set(classes)
  refuseOthers(ofTruth ? ofTruth.labels : table.rowLabels, has, '/ground_truth', 'ground truth')
  refuseOthers(ofPrediction ? ofPrediction.labels : table.columnLabels, has, '/prediction', 'prediction')
  return {
    pair: {
      classes,
      keep: pixels.keep,
      groundTruth: sideOf(ofTruth, truth?.isHard === true, pixels.groundTruth, classes),
      prediction: sideOf(ofPrediction, false, pixels.prediction, classes),
    },
    isTruthSoft: truth !== undefined && !truth.isHard,
    isPredictionSoft: predicted !== undefined && !predicted.isHard,
    independent: leading.independent,
    hasOneChannel: leading.hasOneChannel,
  }
}

/** A hard ground truth is taken by its labels, which makes the walk over the pixels much shorter. */
function sideOf(
  map: Pick<ProbabilityMap, 'labels' | 'read'> | undefined,
  isHard: boolean,
  { labels }: LabelMap,
  classes: readonly number[],
): SoftSide {
  if (!map || isHard) return { kind: 'labels', labels }
  const indexOf = new Map(map.labels.map((label, index) => [label, index]))
  return {
    kind: 'map',
    read(index, from, to, out, at) {
      const own = indexOf.get(classes[index])
      if (own === undefined) out.fill(0, at, at + to - from)
      else map.read(own, from, to, out, at)
    },
  }
}

function refuseOthers(
  labels: ArrayLike<number>,
  classes: ReadonlySet<number>,
  pointer: '/ground_truth' | '/prediction',
  side: string,
): void {
  const others = Array.from(labels).filter((label) => !classes.has(label))
  if (others.length === 0) return
  const listed = others.slice(0, 5).join(', ') + (others.length > 5 ? `, … (${others.length})` : '')
  const channels = [...classes].slice(0, 5).join(', ') + (classes.size > 5 ? `, … (${classes.size})` : '')
  const message = `The ${side} has labels that no channel of the probability map has: ${listed}. The channels are ${channels}.`
  const remedy =
    others.length === 1 && others[0] === 255 && classes.size === 2 && classes.has(1)
      ? 'If 255 is the foreground, set `binary`, or `probabilities.labels` to [0, 255]; if it is void, name it in `ignore_labels`.'
      : 'Name the label of each channel in `probabilities.labels`, and void in `ignore_labels`.'
  throw new Refusal(
    'CLASS_COUNT_MISMATCH',
    message,
    [{ pointer, code: 'CLASS_COUNT_MISMATCH', message }],
    remedy,
  )
}
