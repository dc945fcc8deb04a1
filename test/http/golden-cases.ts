import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One case of golden.json; `expected` holds the peers' values, "nan" and "inf" as text. */
export interface GoldenCase {
  readonly id: string
  readonly gt: string
  readonly pred: string
  readonly encoding: { readonly gt: string; readonly pred: string }
  readonly ignore_gt_labels: readonly number[]
  readonly expected: Readonly<Record<string, Record<string, unknown>>> & { counted_pixels: number }
  readonly peers?: Readonly<Record<string, unknown>>
}

export interface GoldenSet {
  readonly folder: string
  readonly cases: readonly GoldenCase[]
}

export const ownGolden = join(import.meta.dirname, '../golden')
/** Masks of public repositories that may not be copied into the project. */
export const realGolden = join(import.meta.dirname, '../../../shared/golden/real')
export const hasRealGolden = existsSync(realGolden)

export function loadGolden(folder: string): GoldenSet {
  const { cases } = JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8')) as { cases: GoldenCase[] }
  return { folder, cases }
}

const sideOptions: Readonly<Record<string, object>> = {
  png: {},
  rgb: { color: 'rgb24' },
  palette: { palette: 'index' },
  bit4: { palette: 'index' },
  bit1: { grey_bits: 'sample' },
  npy: { negative: 'keep' },
}

/** How a case becomes a request: what its encodings and ignored labels mean as options. */
export function goldenOptions(golden: GoldenCase): Record<string, unknown> {
  const classes = golden.expected.classes?.num_classes
  return {
    ignore_labels: golden.ignore_gt_labels,
    ground_truth: sideOptions[golden.encoding.gt],
    prediction: sideOptions[golden.encoding.pred],
    ...(typeof classes === 'number' && { classes: Array.from({ length: classes }, (_, k) => `class ${k}`) }),
  }
}

export const goldenFile = (set: GoldenSet, name: string): Buffer => readFileSync(join(set.folder, name))
