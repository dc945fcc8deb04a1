import type { Overlap } from '../../metrics/detection/match-category.ts'
import { onFirstUse } from '../on-first-use.ts'
import { type CountedPixels, eachOverlap } from './object-overlaps.ts'
import { sharedPixels } from './shared-pixels.ts'

/** x, y, width, height; not clipped to the image. */
export type Box = readonly [x: number, y: number, width: number, height: number]

/** The masks of a category: of its ground truths, which of these are crowds, and of its detections. */
interface MaskLists {
  readonly groundTruth: readonly CountedPixels[]
  readonly isCrowd: readonly boolean[]
  readonly prediction: readonly CountedPixels[]
  /** Pixels of a row of the image. */
  readonly imageWidth: number
}

/**
 * Of each detection the ground truths it shares pixels with. A crowd's IoU is the intersection over the area of the
 * detection.
 */
export function maskOverlaps({ groundTruth, isCrowd, prediction, imageWidth }: MaskLists): Overlap[][] {
  const lists = prediction.map((): Overlap[] => [])
  if (groundTruth.length === 0 || prediction.length === 0) return lists
  eachOverlap(groundTruth, prediction, imageWidth, (row, column, shared) => {
    const { area } = prediction[column]
    const whole = isCrowd[row] ? area : groundTruth[row].area + area - shared
    lists[column].push({ groundTruth: row, iou: shared / whole })
  })
  return lists
}

/**
 * The smaller of the IoU of masks and that of their bands; of crowds that of the masks.
 * @param bandOf the pixels of an object near its boundary; asked for where masks meet
 */
export function boundaryOverlaps(
  masks: MaskLists,
  bandOf: (mask: CountedPixels) => CountedPixels,
): Overlap[][] {
  const truthBands = masks.groundTruth.map((mask) => onFirstUse(() => bandOf(mask)))
  return maskOverlaps(masks).map((list, detection) => {
    const ownBand = onFirstUse(() => bandOf(masks.prediction[detection]))
    return list
      .map(({ groundTruth, iou }) => {
        if (masks.isCrowd[groundTruth]) return { groundTruth, iou }
        const [band, truthBand] = [ownBand(), truthBands[groundTruth]()]
        const shared = sharedPixels(band.kept, truthBand.kept)
        return { groundTruth, iou: Math.min(iou, shared / (band.area + truthBand.area - shared)) }
      })
      .filter(({ iou }) => iou > 0)
  })
}

/** The same of boxes, as `bbIou` of COCO's maskApi.c computes it; boxes without an area overlap nothing. */
export function boxOverlaps(
  groundTruth: readonly Box[],
  isCrowd: readonly boolean[],
  prediction: readonly Box[],
): Overlap[][] {
  return prediction.map(([x, y, width, height]) => {
    const area = width * height
    return groundTruth.flatMap(([left, top, columns, rows], k) => {
      const shownWidth = Math.min(width + x, columns + left) - Math.max(x, left)
      const shownHeight = Math.min(height + y, rows + top) - Math.max(y, top)
      if (!(shownWidth > 0 && shownHeight > 0)) return []
      const shared = shownWidth * shownHeight
      return [{ groundTruth: k, iou: shared / (isCrowd[k] ? area : area + columns * rows - shared) }]
    })
  })
}
