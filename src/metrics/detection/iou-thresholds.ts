/**
 * The ten thresholds that COCO's AP is averaged over: .50, .55, … .95, as doubles.
 *
 * They are those of NumPy's `linspace(0.5, 0.95, 10)`, so the ninth is 0.8999999999999999 and not 0.9: an IoU of exactly
 * 9/10 exceeds it, and one of 0.8999999999999999 reaches it.
 * Source: `Params` of cocodataset/cocoapi, PythonAPI/pycocotools/cocoeval.py.
 */
export const iouThresholds: readonly number[] = Array.from({ length: 10 }, (_, k) =>
  k === 9 ? 0.95 : 0.5 + k * ((0.95 - 0.5) / 9),
)

/** The threshold that what was missed, and what is wrong, is told by: 1/2; where that was not asked for the lowest. */
export const lenientIou = (thresholds: readonly number[]): number =>
  thresholds.includes(0.5) ? 0.5 : Math.min(...thresholds)
