import { inside, listIn } from './loose.ts'
import { type Interval, intervalOf, type Summary } from './run-scores-of.ts'

export interface ClassScore {
  readonly label: number
  readonly name: string | undefined
  readonly iou: number | null
  readonly interval: Interval | undefined
}

/** The classes of a run with their IoU over all pixels. */
export const classScores = (summary: Summary): ClassScore[] =>
  listIn(summary.pooled, 'overlap', 'per_class').map((row, place) => {
    const { label, name, iou } = row as { label: number; name?: string; iou: number | null }
    return { label, name, iou, interval: intervalOf(summary, `/pooled/overlap/per_class/${place}/iou`) }
  })

/** How many classes are not among those of `classScores`. */
export const classesLeftOut = (summary: Summary): number =>
  Number(inside(summary.pooled, 'overlap', 'truncated') ?? 0)

/** Label of a class → its name, or its number. */
export const classNames = (summary: Summary): ReadonlyMap<number, string> =>
  new Map(classScores(summary).map(({ label, name }) => [label, name ?? String(label)]))

/** A check that a run passed or did not, as it was written. */
export interface Check {
  readonly check: string
  readonly value: number | null
  readonly result: 'pass' | 'fail' | 'not_computed' | 'not_comparable'
  readonly detail?: string
}

export const checksOf = (summary: Summary): readonly Check[] => listIn(summary, 'checks') as readonly Check[]

/** Names of the scores that an item may have; means over the means of classes are no score of an item. */
export const itemScores = (summary: Summary): string[] =>
  Object.keys(summary.macro).filter((name) => !name.endsWith('_class_first'))

/** Columns of the manifest and the values that images have in them. */
export const columnsOf = (summary: Summary): (readonly [column: string, values: readonly string[]])[] =>
  Object.keys(inside(summary, 'by') ?? {}).map((column) => [
    column,
    listIn(summary, 'by', column).map((row) => String(inside(row, 'value'))),
  ])
