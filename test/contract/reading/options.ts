import type { CrowdRule } from './side.ts'

/** The options of a request that the reading knows; what is absent has its default. */
export interface Options {
  readonly families: readonly string[]
  readonly beta?: number
  readonly log_base?: 2 | 'e' | 10
  readonly ignore_labels?: readonly number[]
  readonly ignore_prediction_labels?: readonly number[]
  readonly background?: number | null
  readonly classes?: Readonly<Record<string, string>>
  readonly min_segment_area?: number
  readonly min_prediction_area?: number
  readonly binary?: boolean
  readonly stack?: 'volume'
  readonly resize?: 'nearest'
  readonly border_tolerance?: number
  readonly border_tolerance_axes?: 'volume' | 'section'
  readonly components?: 'none' | 'ground_truth' | 'prediction' | 'both'
  readonly connectivity?: number
  readonly boundary?: {
    readonly spacing?: readonly number[]
    readonly tolerances?: readonly number[]
    readonly percentiles?: readonly number[]
    readonly surface?: 'pixel' | 'surfel'
    readonly labels?: readonly number[]
    readonly boundary_iou_dilation?: number
  }
  readonly instances?: {
    readonly thresholds?: readonly number[]
    readonly panoptic_thresholds?: readonly number[]
    readonly void?: 'forgive' | 'count'
    readonly match?: 'category' | 'any'
  }
  readonly include?: readonly string[]
  readonly segments?: { readonly top: number }
  readonly ground_truth?: { readonly crowd?: 'auto' | CrowdRule }
  readonly prediction?: { readonly crowd?: 'auto' | CrowdRule }
}

export const asksFor = ({ families }: Options, family: string): boolean =>
  families.includes(family) || families.includes('all')

/** Depth, row, column; 1 where nothing is said. */
export function spacingOf({ boundary }: Options): [number, number, number] {
  const spacing = boundary?.spacing ?? [1, 1, 1]
  return spacing.length === 2 ? [1, spacing[0], spacing[1]] : [spacing[0], spacing[1], spacing[2]]
}

type Naming = Pick<Options, 'ignore_labels' | 'binary'>

/** The labels of the files that are void. */
export const voidLabels = ({ ignore_labels = [] }: Naming): ReadonlySet<number> => new Set(ignore_labels)

/**
 * What a label of the file is counted as: `binary` makes 1 of all that is not 0, but void stays what it is. A void
 * label 1 could then not be told from foreground: it is the first number above 1 that no void label has.
 */
export function countedAs(label: number, options: Naming): number {
  if (!options.binary) return label
  const ignored = voidLabels(options)
  if (!ignored.has(label)) return label === 0 ? 0 : 1
  if (label !== 1) return label
  let free = 2
  while (ignored.has(free)) free++
  return free
}

/** What void labels are counted as. */
export const countedVoid = (options: Naming): ReadonlySet<number> =>
  new Set([...voidLabels(options)].map((label) => countedAs(label, options)))
