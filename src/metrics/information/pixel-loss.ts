import { log2Ratio } from './log2-ratio.ts'

/** What one pixel adds to the variation of information, in bits; both parts are ≥ 0. */
export interface PixelLoss {
  /** log₂(a_i / n_ij): the prediction cuts the pixel's ground-truth segment apart. */
  readonly split: number
  /** log₂(b_j / n_ij): the prediction joins it with other ground-truth segments. */
  readonly merge: number
}

/**
 * The loss of a pixel that lies in ground-truth segment i and predicted segment j. It needs no names and no matching of
 * segments, and where it is 0 the masks agree.
 *
 *     loss = log₂(a_i / n_ij) + log₂(b_j / n_ij)
 *
 * Its mean over all counted pixels is VI(X,Y) = H(Y|X) + H(X|Y); divided by H(X,Y) that is the mutual-information loss.
 * Range: [0, 2 log₂ N], in bits.
 * @param shared n_ij, pixels of both segments, > 0
 * @param groundTruth a_i, counted pixels of the ground-truth segment
 * @param prediction b_j, counted pixels of the predicted segment
 * Source: the terms of VI in Meilă, "Comparing clusterings — an information based distance", J. Multivar. Anal. 98 (2007).
 */
export const pixelLoss = (shared: number, groundTruth: number, prediction: number): PixelLoss => ({
  split: log2Ratio(groundTruth, shared),
  merge: log2Ratio(prediction, shared),
})
