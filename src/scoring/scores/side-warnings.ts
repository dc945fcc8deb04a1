import type { Warning } from '../../labels/decoded-mask.ts'
import type { ContingencyTable } from '../../metrics/table/contingency-table.ts'
import { type Pair, warningsOfSides } from '../pair/pair.ts'
import type { ScoreOptions } from '../request/options.ts'
import { maxClasses } from './coding-warnings.ts'
import { maskHints } from './mask-hints.ts'
import { probabilityHint } from './probability-hint.ts'

/**
 * The hints of `inspect` to either mask of a pair, but for those that the options or the other mask answer: void that is
 * ignored or listed, 0 and 255 (what matters is whether the other mask has the same), greys against as many labels.
 * @param all counts of all pixels by the labels of the files
 */
export function sideWarnings(
  { groundTruth, prediction }: Pick<Pair, 'groundTruth' | 'prediction'>,
  { rowLabels, columnLabels }: ContingencyTable,
  options: ScoreOptions,
): Warning[] {
  const hintsOf = (encoding: string, side: 'ground_truth' | 'prediction'): Warning[] => {
    const { preset, grey_bits: greyBits } = options[side]
    const [own, other] = side === 'prediction' ? [columnLabels, rowLabels] : [rowLabels, columnLabels]
    const hints = maskHints({ encoding, labels: own, preset, greyBits, binary: options.binary })
    return hints.filter(({ code }) => {
      if (code === 'LIKELY_VOID') return !isVoidKnown(options)
      return code === 'LIKELY_GREY_MAP' ? other.length <= maxClasses : code !== 'BINARY_OF_255'
    })
  }
  const probabilities =
    options.prediction.preset === undefined && probabilityHint(prediction.encoding, rowLabels, columnLabels)
  const ofPrediction = hintsOf(prediction.encoding, 'prediction')
  return warningsOfSides(
    hintsOf(groundTruth.encoding, 'ground_truth'),
    probabilities
      ? [probabilities, ...ofPrediction.filter(({ code }) => code !== 'LIKELY_GREY_MAP')]
      : ofPrediction,
  )
}

/** Whether the caller has said what 255 is. */
function isVoidKnown({ ignore_labels = [], ignore_prediction_labels, classes = {} }: ScoreOptions): boolean {
  return [...ignore_labels, ...ignore_prediction_labels].includes(255) || Object.hasOwn(classes, 255)
}
