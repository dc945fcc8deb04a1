import type { Warning } from '../labels/decoded-mask.ts'
import type { LabelArray } from '../labels/label-map.ts'
import type { Canvas } from './painting/canvas.ts'
import type { PolygonFill } from './reader-options.ts'

/**
 * What a region is labelled with. A `name` gets a number of its own; a `category` keeps its number (only 0,
 * which unpainted pixels have, moves); a `value` is that label whatever else there is.
 */
export type RegionLabel =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'category'; readonly id: number; readonly name?: string }
  | { readonly kind: 'value'; readonly value: number; readonly name?: string }

/** The label of an object of which nothing but its pixels is known: 1, on 0. */
export const anyObject: RegionLabel = { kind: 'value', value: 1 }

/** One painted thing of an annotation. */
export interface Region {
  readonly label: RegionLabel
  /** Equal for the parts of one object, different for two objects; unique within the image. */
  readonly instance: string
  /** A group that was not separated into objects (COCO's `iscrowd`). */
  readonly crowd: boolean
  /** False for stuff such as sky, where the format tells. */
  readonly isThing?: boolean
  /** Where it is in its document. */
  readonly pointer: string
  /** Paints it with the canvas' label; absent for a region of the plane. */
  readonly paint?: (canvas: Canvas) => void
}

/** An id for every pixel, for formats whose regions come as one image. Pixels of other ids stay unlabelled. */
export interface IdPlane {
  readonly ids: LabelArray
  /** The region of an id, as an index into the image's regions. */
  readonly regionOf: ReadonlyMap<number, number>
}

/** One object as COCO's evaluation of detections looks at it: with a mask, a box, or both. */
export interface DetectableObject {
  /** Its place among the objects of its image, in document order. */
  readonly place: number
  readonly category: number
  /** Its document does not say the category. */
  readonly isUncategorised?: true
  /** The name that its document gives the category. */
  readonly categoryName?: string
  readonly isCrowd: boolean
  /** The instance of its regions, where it has a mask. */
  readonly instance?: string
  /** Its confidence, where it was asked for. */
  readonly score?: number
  /** As the document says, which need not be that of the mask. */
  readonly area?: number
  /** x, y, width, height. */
  readonly box?: readonly [x: number, y: number, width: number, height: number]
}

/** What is read of an object beside its pixels. */
export interface WantedOfObjects {
  /** Each must have a `score` that is a number; where no object has any the answer is undefined. */
  readonly confidences: boolean
  readonly boxes: boolean
}

/** The objects of an image, and what COCO's evaluation has to know of their document. */
export interface DetectableObjects {
  /** In document order. */
  readonly objects: readonly DetectableObject[]
  /** The number of the image in its document, where it is one and the image has objects. */
  readonly imageId?: number
  /** Names of the categories that the document lists; absent for a results file. */
  readonly categories?: ReadonlyMap<number, string>
  /** How many of its annotations have the `id` of another one. */
  readonly repeatedIds: number
}

/** What crowd regions are taken for. COCO's rule: never missed, never matched, and predictions on them are forgiven. */
export const crowdRules = ['object', 'crowd', 'ignore'] as const
export type CrowdRule = (typeof crowdRules)[number]

/** What a format's reader finds in a document. */
export interface ImageRegions {
  readonly width: number
  readonly height: number
  /** Which of the images of its document it is, where the document numbers them. */
  readonly imageId?: string
  /** In document order, which numbers the names. */
  readonly regions: readonly Region[]
  /** Labels in the document's own order, shown or not, which then numbers the names. */
  readonly declared?: readonly RegionLabel[]
  /** Indices of `regions` in the order they are painted, later on top; absent: document order. */
  readonly paintOrder?: readonly number[]
  readonly plane?: IdPlane
  /** Whether its crowds are not COCO's: CVAT marks every mask as one. */
  readonly crowdsAreObjects?: boolean
  /**
   * The objects with what COCO says of them beside their pixels; absent for other formats.
   * @throws Refusal INVALID_ANNOTATION with its pointer
   */
  readonly detectable?: (wanted: WantedOfObjects) => DetectableObjects | undefined
}

/** One image's annotation in the form that all formats share. */
export interface AnnotatedImage extends ImageRegions {
  /** One of the annotation formats. */
  readonly format: string
  /** The rule its polygons are filled by. */
  readonly polygonFill: PolygonFill
  /** What crowd regions are: objects like others, crowds by COCO's rule, or pixels that are left out. */
  readonly crowd: CrowdRule
  /** Pixels without a region are unknown, and no background. */
  readonly unlabelledIsVoid: boolean
  readonly warnings: readonly Warning[]
}
