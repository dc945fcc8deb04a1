import { binaryLabel } from '../../labels/rename-map.ts'
import type { TableOptions } from '../request/options.ts'

/** What the options say of the labels of one side, by their values in the file. */
export interface LabelRules {
  /** Whether pixels with this label are not counted. */
  readonly drops: (label: number) => boolean
  /** The label that is counted for a label of the file. */
  readonly countedAs: (label: number) => number
  /** Whether every label is counted, by its own name. */
  readonly isPlain: boolean
}

/** The rules of both sides. */
export interface PairRules {
  readonly groundTruth: LabelRules
  readonly prediction: LabelRules
  /** What void labels are counted as. Predicted on a counted pixel they are a miss, and no class. */
  readonly void: ReadonlySet<number>
}

export type NamingOptions = Pick<TableOptions, 'ignore_labels' | 'ignore_prediction_labels'> & {
  readonly binary?: boolean
}

/** Labels of each file that stand for pixels to leave out, such as crowds. */
export interface LeftOut {
  readonly groundTruth?: readonly number[] | undefined
  readonly prediction?: readonly number[] | undefined
}

/**
 * Void and dropped labels are told by the labels of the files. `binary` renames all others: 0 stays 0, the rest becomes
 * 1. Void stays void, so that it is never foreground.
 */
export function pairRules(
  { ignore_labels = [], ignore_prediction_labels, binary = false }: NamingOptions,
  leftOut: LeftOut = {},
): PairRules {
  const ignored = new Set(ignore_labels)
  const notTrue = new Set([...ignored, ...(leftOut.groundTruth ?? [])])
  const notPredicted = new Set([...ignore_prediction_labels, ...(leftOut.prediction ?? [])])
  // One name for both sides, so that void is the same label on both.
  const voidOne = firstFree(new Set([...notTrue, ...ignored, ...(leftOut.prediction ?? [])]))
  const naming = (ownVoid: ReadonlySet<number>) => (binary ? voidOrBinary(ownVoid, voidOne) : itself)
  const truthName = naming(notTrue)
  return {
    groundTruth: {
      drops: (label) => notTrue.has(label),
      countedAs: truthName,
      isPlain: !binary && notTrue.size === 0,
    },
    prediction: {
      drops: (label) => notPredicted.has(label),
      countedAs: naming(new Set([...ignored, ...(leftOut.prediction ?? [])])),
      isPlain: !binary && notPredicted.size === 0,
    },
    void: new Set(ignore_labels.map(truthName)),
  }
}

const itself = (label: number) => label

/** The first number above 1 that is not taken. */
function firstFree(taken: ReadonlySet<number>): number {
  let free = 2
  while (taken.has(free)) free++
  return free
}

/** A void label 1 would be foreground: it gets another name. */
const voidOrBinary =
  (isVoid: ReadonlySet<number>, voidOne: number) =>
  (label: number): number => {
    if (!isVoid.has(label)) return binaryLabel(label)
    return label === 1 ? voidOne : label
  }
