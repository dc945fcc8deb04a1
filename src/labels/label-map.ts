/** Labels as the file stores them: the smallest natural type is kept, nothing is widened. */
export type LabelArray = Uint8Array | Uint16Array | Uint32Array | Int32Array

/**
 * One mask: every pixel's label, row-major (depth-major for a volume).
 * `labels.length === width * height * depth`; an image has `depth` 1.
 */
export interface LabelMap {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly labels: LabelArray
}
