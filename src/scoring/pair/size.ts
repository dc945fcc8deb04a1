import { isVolume, type LabelMap } from '../../labels/label-map.ts'
import { Refusal } from '../../problems/refusal.ts'

export type Size = Pick<LabelMap, 'width' | 'height' | 'depth' | 'volume'>

export const sameSize = (a: Size, b: Size): boolean =>
  a.width === b.width && a.height === b.height && a.depth === b.depth

export function sizeMismatch(groundTruth: Size, prediction: Size): Refusal {
  const isTurned =
    groundTruth.width === prediction.height &&
    groundTruth.height === prediction.width &&
    groundTruth.depth === prediction.depth
  const isReversed =
    groundTruth.depth > 1 &&
    groundTruth.width === prediction.depth &&
    groundTruth.height === prediction.height &&
    groundTruth.depth === prediction.width
  const turned = isTurned
    ? ' Width and height are exchanged: one of them was saved transposed.'
    : isReversed
      ? ' The axes come in the reverse order: here they are slices, rows, columns, while nibabel’s `get_fdata()` gives x, y, z.'
      : ''
  const message = `The ground truth is ${sizeText(groundTruth)} and the prediction ${sizeText(prediction)} pixels.${turned}`
  const refusal = new Refusal('SIZE_MISMATCH', message, [
    { pointer: '/ground_truth', code: 'SIZE_MISMATCH', message: sizeText(groundTruth) },
    { pointer: '/prediction', code: 'SIZE_MISMATCH', message: sizeText(prediction) },
  ])
  // Resized, it would be scored, and wrongly.
  if (isTurned)
    return refusal.advising(
      'Transpose the one that is wrong, in NumPy `arr.T`, and save it again; do not resize it.',
    )
  if (isReversed)
    return refusal.advising(
      'Reverse the axes of the one that is wrong, in NumPy `arr.transpose(2, 1, 0)`, and save it again.',
    )
  const { depth } = groundTruth
  return depth === prediction.depth
    ? refusal
    : refusal.advising('Score volumes of one depth: slices are not resized.')
}

export const sizeText = (size: Size): string =>
  isVolume(size) ? `${size.width}×${size.height}×${size.depth}` : `${size.width}×${size.height}`
