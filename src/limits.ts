import type { ProblemCode } from './problems/catalogue.ts'

interface LimitRule {
  readonly unit: 'bytes' | 'count'
  readonly default: number
  readonly min: number
  readonly max?: number
  /** What is bounded, as the docs of the settings say it. */
  readonly description: string
  /** What more is refused with. */
  readonly code: ProblemCode
}

/**
 * Bounds that are checked from a header, before anything is allocated. Every one is a setting of its name:
 * `MASKSCORE_MAX_FILE_BYTES`, and so on.
 */
export const limitRules = {
  maxFileBytes: {
    unit: 'bytes',
    default: 64 * 2 ** 20,
    min: 1,
    description: 'Largest uploaded file',
    code: 'INPUT_TOO_LARGE',
  },
  maxPixels: {
    unit: 'count',
    default: 64 * 2 ** 20,
    min: 1,
    description: 'Pixels (voxels) of one mask',
    code: 'IMAGE_TOO_LARGE',
  },
  maxVoxels: {
    unit: 'count',
    default: 256 * 2 ** 20,
    min: 1,
    description:
      'Voxels of one volume (NIfTI, NRRD, MetaImage) whose scores need not know where they lie, and values of one such file',
    code: 'IMAGE_TOO_LARGE',
  },
  maxSide: {
    unit: 'count',
    default: 32_768,
    min: 1,
    max: 2 ** 31 - 1,
    description: 'Longest side of a mask in pixels',
    code: 'IMAGE_TOO_LARGE',
  },
  // Pixels alone do not bound memory.
  maxDecodedBytes: {
    unit: 'bytes',
    default: 256 * 2 ** 20,
    min: 1,
    description: 'Decoded samples of one mask',
    code: 'IMAGE_TOO_LARGE',
  },
  maxProbabilityBytes: {
    unit: 'bytes',
    default: 256 * 2 ** 20,
    min: 1,
    description: 'Stored values of one probability map, and what is kept beside them',
    code: 'IMAGE_TOO_LARGE',
  },
  maxLabels: {
    unit: 'count',
    default: 1_000_000,
    min: 1,
    description: 'Distinct labels of one mask, and connected components when they are asked for',
    code: 'TOO_MANY_LABELS',
  },
  maxLabelPairs: {
    unit: 'count',
    default: 4_000_000,
    min: 1,
    description: 'Distinct pairs of labels of two masks',
    code: 'TOO_MANY_LABELS',
  },
  maxRegions: {
    unit: 'count',
    default: 100_000,
    min: 1,
    description: 'Regions of one annotation',
    code: 'INPUT_TOO_LARGE',
  },
  maxVertices: {
    unit: 'count',
    default: 1_000_000,
    min: 3,
    description: 'Vertices of one annotation, together',
    code: 'INPUT_TOO_LARGE',
  },
  maxRuns: {
    unit: 'count',
    default: 16_000_000,
    min: 1,
    description: 'Run lengths of one annotation, together',
    code: 'INPUT_TOO_LARGE',
  },
  maxZipEntries: {
    unit: 'count',
    default: 100_000,
    min: 1,
    description: 'Files and folders in one zip',
    code: 'INPUT_TOO_LARGE',
  },
  maxItems: {
    unit: 'count',
    default: 1_000_000,
    min: 1,
    description: 'Masks on one side of a dataset; an archive may have twice as many entries',
    code: 'TOO_MANY_ITEMS',
  },
  maxArchiveBytes: {
    unit: 'bytes',
    default: 8 * 2 ** 30,
    min: 1,
    description: 'Largest archive of a dataset',
    code: 'ARCHIVE_TOO_LARGE',
  },
  maxExpandedBytes: {
    unit: 'bytes',
    default: 64 * 2 ** 30,
    min: 1,
    description: 'What an archive of a dataset holds when it is unpacked',
    code: 'ARCHIVE_TOO_LARGE',
  },
  maxJsonDepth: {
    unit: 'count',
    default: 64,
    min: 4,
    max: 1000,
    description: 'Nesting of a JSON document',
    code: 'MALFORMED_JSON',
  },
} as const satisfies Readonly<Record<string, LimitRule>>

export type Limits = Readonly<Record<keyof typeof limitRules, number>>

/** The limits among other settings. */
export function limitsOf(settings: Limits): Limits {
  const keys = Object.keys(limitRules) as (keyof Limits)[]
  return Object.fromEntries(keys.map((key) => [key, settings[key]])) as Limits
}

export const defaultLimits = Object.fromEntries(
  Object.entries(limitRules).map(([key, rule]) => [key, rule.default]),
) as Limits
