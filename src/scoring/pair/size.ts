import type { LabelMap } from '../../labels/label-map.ts'
import { Refusal } from '../../problems/refusal.ts'

export type Size = Pick<LabelMap, 'width' | 'height' | 'depth'>

export const sameSize = (a: Size, b: Size): boolean =>
  a.width === b.width && a.height === b.height && a.depth === b.depth

export function sizeMismatch(groundTruth: Size, prediction: Size): Refusal {
  const message = `The ground truth is ${sizeText(groundTruth)} and the prediction ${sizeText(prediction)} pixels.`
  return new Refusal('SIZE_MISMATCH', message, [
    { pointer: '/ground_truth', code: 'SIZE_MISMATCH', message: sizeText(groundTruth) },
    { pointer: '/prediction', code: 'SIZE_MISMATCH', message: sizeText(prediction) },
  ])
}

export const sizeText = ({ width, height, depth }: Size): string =>
  depth === 1 ? `${width}×${height}` : `${width}×${height}×${depth}`
