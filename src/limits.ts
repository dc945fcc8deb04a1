/** Bounds checked from a header, before anything is allocated. Every one is a setting. */
export interface Limits {
  /** Bytes of one uploaded file. */
  readonly maxFileBytes: number
  /** Pixels (voxels) of one mask. */
  readonly maxPixels: number
  /** Longest side in pixels. */
  readonly maxSide: number
  /** Bytes of the decoded samples: pixels alone do not bound memory. */
  readonly maxDecodedBytes: number
  /** Distinct labels of one mask. */
  readonly maxLabels: number
  /** Distinct (ground truth, prediction) label pairs. */
  readonly maxLabelPairs: number
  /** Regions of one annotation. */
  readonly maxRegions: number
  /** Vertices of one annotation's polygons, together. */
  readonly maxVertices: number
  /** Run lengths of one annotation, together. */
  readonly maxRuns: number
  /** Nesting of a JSON document. */
  readonly maxJsonDepth: number
}

export const defaultLimits: Limits = {
  maxFileBytes: 64 * 2 ** 20,
  maxPixels: 64 * 2 ** 20,
  maxSide: 32_768,
  maxDecodedBytes: 256 * 2 ** 20,
  maxLabels: 1_000_000,
  maxLabelPairs: 4_000_000,
  maxRegions: 100_000,
  maxVertices: 1_000_000,
  maxRuns: 16_000_000,
  maxJsonDepth: 64,
}
