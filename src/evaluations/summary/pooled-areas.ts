import type { ClassCounts, ClassName } from '../../metrics/overlap/class-counts.ts'

/** tp, fp and fn of a label. */
export type LabelSum = readonly [
  label: number,
  sum: { readonly tp: number; readonly fp: number; readonly fn: number },
]

interface PooledAreas {
  /** The classes that rows and means follow. */
  readonly counts: ClassCounts
  /** All labels of either mask. */
  readonly allLabels: ClassCounts
}

/**
 * Areas of classes summed over images, in the form of one pair's: the listed classes in their order, else those that occur.
 *
 * @param classes ascending by label
 * @param otherLabels labels that are no class, ascending
 */
export function pooledAreas(
  classes: readonly LabelSum[],
  otherLabels: readonly LabelSum[],
  listed?: readonly ClassName[],
): PooledAreas {
  const sumOf = new Map(classes)
  const absent = { tp: 0, fp: 0, fn: 0 }
  const rows = listed ? listed.map(({ label }): LabelSum => [label, sumOf.get(label) ?? absent]) : classes
  const all = otherLabels.length === 0 && !listed ? rows : added(classes, otherLabels)
  return { counts: countsOf(rows), allLabels: countsOf(all) }
}

/** A label may be a class in one image and void in another. */
function added(classes: readonly LabelSum[], otherLabels: readonly LabelSum[]): LabelSum[] {
  const sums = new Map(classes)
  for (const [label, { tp, fp, fn }] of otherLabels) {
    const known = sums.get(label)
    sums.set(label, known ? { tp: known.tp + tp, fp: known.fp + fp, fn: known.fn + fn } : { tp, fp, fn })
  }
  return [...sums].sort(([a], [b]) => a - b)
}

function countsOf(rows: readonly LabelSum[]): ClassCounts {
  return {
    labels: Float64Array.from(rows, ([label]) => label),
    support: Float64Array.from(rows, ([, { tp, fn }]) => tp + fn),
    predicted: Float64Array.from(rows, ([, { tp, fp }]) => tp + fp),
    agreed: Float64Array.from(rows, ([, { tp }]) => tp),
  }
}
