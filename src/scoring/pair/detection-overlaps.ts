import type { Overlap } from '../../metrics/detection/match-category.ts'
import { type CountedPixels, countOverlaps } from './object-overlaps.ts'

/** x, y, width, height; not clipped to the image. */
export type Box = readonly [x: number, y: number, width: number, height: number]

/** The masks of a category: of its ground truths, which of these are crowds, and of its detections. */
interface MaskLists {
  readonly groundTruth: readonly CountedPixels[]
  readonly isCrowd: readonly boolean[]
  readonly prediction: readonly CountedPixels[]
}

/**
 * Of each detection the ground truths it shares pixels with. A crowd's IoU is the intersection over the area of the
 * detection.
 */
export function maskOverlaps({ groundTruth, isCrowd, prediction }: MaskLists): Overlap[][] {
  const { rows, columns, shared, union } = countOverlaps(groundTruth, prediction)
  const lists = prediction.map((): Overlap[] => [])
  for (let k = 0; k < rows.length; k++) {
    const whole = isCrowd[rows[k]] ? prediction[columns[k]].area : union[k]
    lists[columns[k]].push({ groundTruth: rows[k], iou: shared[k] / whole })
  }
  return lists
}

/** The smaller of the IoU of masks and that of their bands; of crowds that of the masks. */
export function boundaryOverlaps(masks: MaskLists, bands: MaskLists): Overlap[][] {
  const ofBands = maskOverlaps(bands)
  return maskOverlaps(masks).map((list, detection) => {
    const bandIou = new Map(ofBands[detection].map(({ groundTruth, iou }) => [groundTruth, iou]))
    return list
      .map(({ groundTruth, iou }) => ({
        groundTruth,
        iou: masks.isCrowd[groundTruth] ? iou : Math.min(iou, bandIou.get(groundTruth) ?? 0),
      }))
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
