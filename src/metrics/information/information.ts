import { type Score, undefinedBecause } from '../numbers/undefined-score.ts'
import type { ContingencyTable } from '../table/contingency-table.ts'
import { samePartition } from '../table/same-partition.ts'
import { type AdjustedScores, adjustedMutualInformation } from './adjusted-mutual-information.ts'
import { type Entropies, entropies } from './entropy.ts'
import { type LogBase, logUnit } from './log-unit.ts'
import { type MillerMadow, millerMadow } from './miller-madow.ts'

export interface InformationOptions {
  readonly logBase: LogBase
  /** How much more completeness weighs than homogeneity in `v_measure`; default 1, > 0. */
  readonly beta?: number | undefined
  /** Adds `expected_mi` and `ami`, which cost more than the rest together. */
  readonly ami?: boolean
  /** Adds the entropies corrected for the size of the sample. */
  readonly millerMadow?: boolean
}

export interface Information {
  readonly unit: 'bits' | 'nats' | 'hartleys'
  readonly h_ground_truth: Score
  readonly h_prediction: Score
  readonly h_joint: Score
  readonly mi: Score
  readonly expected_mi?: Score
  readonly vi: Score
  readonly vi_split: Score
  readonly vi_merge: Score
  readonly vi_log_n: Score
  readonly nid: Score
  readonly nmi: {
    readonly min: Score
    readonly geometric: Score
    readonly arithmetic: Score
    readonly max: Score
    readonly joint: Score
  }
  readonly ami?: AdjustedScores
  readonly homogeneity: Score
  readonly completeness: Score
  readonly v_measure: Score
  readonly miller_madow?: MillerMadow
}

/**
 * What the two masks tell about each other, label names aside. Definitions, with the entropies of `entropy.ts`:
 *
 *     vi = vi_split + vi_merge = H(Y|X) + H(X|Y)       vi_log_n = VI / log N
 *     nid = 1 − I / max(H(X), H(Y))                    nmi.m = I / m(H(X), H(Y)), nmi.joint = I / H(X,Y) = 1 − mi_loss
 *     homogeneity h = I / H(X)     completeness c = I / H(Y)     v_measure = (1 + β) h c / (β h + c)
 *
 * With β = 1, the default, v_measure is the harmonic mean of the two, which is nmi.arithmetic.
 *
 * Unit: entropies, mi and vi* in that of `logBase`; the rest has none and does not depend on it.
 * Range: nid, nmi, homogeneity, completeness, v_measure and vi_log_n [0, 1]; vi [0, log N].
 * Corner cases: same partition: vi = nid = 0 and every nmi = 1, also when both are constant; exactly one constant: every
 * nmi = 0, and homogeneity (ground truth constant) or completeness (prediction constant) = 1; one pixel: vi_log_n = 0.
 * No pixels: everything undefined; probabilities instead of counts: what needs N is undefined.
 * Source: Meilă 2007 (VI); Vinh, Epps, Bailey 2010 (NID, NMI); Rosenberg & Hirschberg 2007 (homogeneity, V-measure).
 */
export function information(table: ContingencyTable, options: InformationOptions): Information {
  const { name: unit, perBit } = logUnit(options.logBase)
  const bits = entropies(table)
  const inUnit = (value: number): Score => whenCounted(table, value * perBit)
  return {
    unit,
    h_ground_truth: inUnit(bits.groundTruth),
    h_prediction: inUnit(bits.prediction),
    h_joint: inUnit(bits.joint),
    mi: inUnit(bits.mutual),
    ...(options.ami ? adjustedMutualInformation(table, bits, perBit) : {}),
    vi: whenCounted(table, bits.split * perBit + bits.merge * perBit),
    vi_split: inUnit(bits.split),
    vi_merge: inUnit(bits.merge),
    vi_log_n: viLogN(table, bits),
    ...normalised(table, bits, options.beta),
    ...(options.millerMadow ? { miller_madow: millerMadow(table, bits, perBit) } : {}),
  }
}

function whenCounted(table: ContingencyTable, value: number): Score {
  return table.counts.length === 0 ? undefinedBecause('no_pixels') : value
}

function viLogN(table: ContingencyTable, bits: Entropies): Score {
  if (table.counts.length === 0 || !table.integral) return undefinedBecause('no_pixels')
  return samePartition(table) ? 0 : atMostOne((bits.split + bits.merge) / Math.log2(table.total))
}

type Normalised = Pick<Information, 'nid' | 'nmi' | 'homogeneity' | 'completeness' | 'v_measure'>

function normalised(table: ContingencyTable, bits: Entropies, beta = 1): Normalised {
  if (table.counts.length === 0)
    return sameNormalised(undefinedBecause('no_pixels'), undefinedBecause('no_pixels'))
  if (samePartition(table)) return sameNormalised(1, 0)
  const { groundTruth, prediction, mutual, split, merge } = bits
  const groundTruthConstant = table.rowLabels.length === 1
  const predictionConstant = table.columnLabels.length === 1
  if (groundTruthConstant || predictionConstant)
    return {
      ...sameNormalised(0, 1),
      homogeneity: groundTruthConstant ? 1 : 0,
      completeness: predictionConstant ? 1 : 0,
    }
  // A mask that refines the other tells everything about it: exactly 1, which the quotient may miss by a rounding.
  const homogeneity = merge === 0 ? 1 : atMostOne(mutual / groundTruth)
  const completeness = split === 0 ? 1 : atMostOne(mutual / prediction)
  const arithmetic = atMostOne((2 * mutual) / (groundTruth + prediction))
  return {
    nid: atMostOne(Math.max(split, merge) / Math.max(groundTruth, prediction)),
    nmi: {
      min: Math.max(homogeneity, completeness),
      geometric: atMostOne(mutual / (Math.sqrt(groundTruth) * Math.sqrt(prediction))),
      arithmetic,
      max: Math.min(homogeneity, completeness),
      joint: mutual / (split + merge + mutual),
    },
    homogeneity,
    completeness,
    v_measure: beta === 1 ? arithmetic : vMeasure(homogeneity, completeness, beta),
  }
}

function vMeasure(homogeneity: number, completeness: number, beta: number): number {
  const denominator = beta * homogeneity + completeness
  return denominator === 0 ? 0 : atMostOne(((1 + beta) * homogeneity * completeness) / denominator)
}

function sameNormalised(similarity: Score, nid: Score): Normalised {
  return {
    nid,
    nmi: {
      min: similarity,
      geometric: similarity,
      arithmetic: similarity,
      max: similarity,
      joint: similarity,
    },
    homogeneity: similarity,
    completeness: similarity,
    v_measure: similarity,
  }
}

const atMostOne = (value: number): number => Math.min(1, value)
