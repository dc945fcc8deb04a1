import { isVolume, type LabelMap } from '../../labels/label-map.ts'
import { Refusal } from '../../problems/refusal.ts'

export type Size = Pick<LabelMap, 'width' | 'height' | 'depth' | 'volume'>

export const sameSize = (a: Size, b: Size): boolean =>
  a.width === b.width && a.height === b.height && a.depth === b.depth

/** What two masks are called in sentences, and where they are in the request. */
export interface PairNames {
  readonly groundTruth: { readonly name: string; readonly pointer: string }
  readonly prediction: { readonly name: string; readonly pointer: string }
}

export const pairNames: PairNames = {
  groundTruth: { name: 'the ground truth', pointer: '/ground_truth' },
  prediction: { name: 'the prediction', pointer: '/prediction' },
}

export function sizeMismatch(groundTruth: Size, prediction: Size, names: PairNames = pairNames): Refusal {
  const isTurned =
    groundTruth.width === prediction.height &&
    groundTruth.height === prediction.width &&
    groundTruth.depth === prediction.depth
  const isReversed =
    groundTruth.depth > 1 &&
    groundTruth.width === prediction.depth &&
    groundTruth.height === prediction.height &&
    groundTruth.depth === prediction.width
  const isVoxel = [groundTruth, prediction].some(
    (size) => isVolume(size) && size.width * size.height * size.depth === 1,
  )
  const turned = isTurned
    ? ' Width and height are exchanged: one of them was saved transposed.'
    : isReversed
      ? ' The axes come in the reverse order: here they are slices, rows, columns, while nibabel’s `get_fdata()` gives x, y, z.'
      : isVoxel
        ? ' A volume of a single voxel is what 3D Slicer saves of a segmentation without any segment.'
        : ''
  const message = `${asStart(names.groundTruth.name)} is ${sizeText(groundTruth)} and ${names.prediction.name} ${sizeText(prediction)} pixels.${turned}`
  const refusal = new Refusal('SIZE_MISMATCH', message, [
    { pointer: names.groundTruth.pointer, code: 'SIZE_MISMATCH', message: sizeText(groundTruth) },
    { pointer: names.prediction.pointer, code: 'SIZE_MISMATCH', message: sizeText(prediction) },
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
  if (isVoxel)
    return refusal.advising(
      'Save the empty mask in the extent of the image that was segmented (in 3D Slicer: export to a labelmap with the reference volume).',
    )
  const { depth } = groundTruth
  if (names !== pairNames) return refusal.advising('Send masks of one size: this call resizes none.')
  return depth === prediction.depth
    ? refusal
    : refusal.advising('Score volumes of one depth: slices are not resized.')
}

export const sizeText = (size: Size): string =>
  isVolume(size) ? `${size.width}×${size.height}×${size.depth}` : `${size.width}×${size.height}`

/** A name at the start of a sentence. */
export const asStart = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)
