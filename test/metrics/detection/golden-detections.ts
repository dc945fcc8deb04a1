import { readFileSync } from 'node:fs'

interface Expected {
  readonly per_category: readonly {
    readonly category: number
    readonly ap: number | null
    readonly ap50: number | null
    readonly ar_100: number | null
  }[]
  readonly [score: string]: unknown
}

interface CocoObject {
  readonly image_id: number
  readonly category_id: number
}

/** A case of `test/golden/detection/golden.json`: own data, scored by COCOeval where that is right. */
export interface DetectionCase {
  readonly name: string
  readonly iou_type: 'mask' | 'box'
  readonly ground_truth: {
    readonly images: readonly { readonly id: number; readonly width: number; readonly height: number }[]
    readonly annotations: readonly CocoObject[]
    readonly categories: readonly { readonly id: number }[]
  }
  readonly results: readonly CocoObject[]
  readonly expect: Expected
  readonly expect_boundary?: Expected
  readonly per_image?: readonly {
    readonly image_id: number
    readonly ap: number | null
    readonly ap50: number | null
  }[]
  readonly weighted?: {
    readonly weights: readonly { readonly image_id: number; readonly weight: number }[]
    readonly expect: Expected
  }
  readonly pycocotools?: unknown
}

const file = new URL('../../golden/detection/golden.json', import.meta.url)
export const detectionCases: readonly DetectionCase[] = JSON.parse(readFileSync(file, 'utf8')).cases
