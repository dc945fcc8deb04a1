import { z } from 'zod'
import { iouThresholds } from '../../metrics/detection/iou-thresholds.ts'

const most = z.int().min(1).max(1000)
const area = z.number().min(0).max(1e12)
const range = z
  .tuple([area, area])
  .refine(([min, max]) => min <= max, { error: 'is [smallest area, largest area]' })

/** How objects with confidences are scored; the defaults are COCO's. */
export const detectionOptions = z.strictObject({
  iou: z
    .enum(['mask', 'box', 'boundary'])
    .default('mask')
    .describe(
      'What of two objects is compared: their masks, their boxes, or the smaller of mask IoU and boundary IoU',
    ),
  max_detections: z
    .tuple([most, most, most])
    .refine(([first, second, third]) => first <= second && second <= third, { error: 'must ascend' })
    .default([1, 10, 100])
    .describe(
      'How many detections of a category and image `ar_1`, `ar_10` and `ar_100` look at; everything else looks at as many as the last',
    ),
  thresholds: z
    .array(z.number().gt(0).max(1))
    .min(1)
    .max(100)
    .refine((list) => new Set(list).size === list.length, { error: 'repeats a threshold' })
    .default([...iouThresholds])
    .describe('IoUs from which an object is found (≥, without a slack); COCO’s ninth is 0.8999999999999999'),
  areas: z
    .strictObject({
      small: range.default([0, 32 ** 2]),
      medium: range.default([32 ** 2, 96 ** 2]),
      large: range.default([96 ** 2, 1e10]),
    })
    .default({ small: [0, 32 ** 2], medium: [32 ** 2, 96 ** 2], large: [96 ** 2, 1e10] })
    .describe('Areas in pixels that count as small, medium and large, both ends included'),
})
