import type { LabelArray } from './npy.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/** Masks whose pixels are all held by the page, row by row. */
export interface HeldMasks extends Size {
  readonly groundTruth: LabelArray
  readonly prediction: LabelArray
  /** Codes of the difference. */
  readonly codes: LabelArray
  /** The loss of each pixel by its place on the ramp. */
  readonly lossPlane: Uint8Array
  /** Size of what the planes hold, where they go on beyond the right and the lower edge: by one pixel, for borders. */
  readonly held?: Size
}

/** Larger masks are not held: their planes alone would be hundreds of megabytes. */
const maxHeldPixels = 64 * 2 ** 20

export const isHeld = ({ width, height }: Size): boolean => width * height <= maxHeldPixels
