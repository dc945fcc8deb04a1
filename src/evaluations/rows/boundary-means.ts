import { catalogue } from '../../metrics/catalogue.ts'
import { ExactSum } from '../../metrics/numbers/exact-sum.ts'
import { type Reason, type Score, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import type { Report } from '../../scoring/report/report.ts'

const prefix = '/boundary/per_label/*/'
const boundaryMetrics = catalogue.flatMap(({ name, pointer, higher_is_better }) => {
  if (!pointer.startsWith(prefix) || higher_is_better === null) return []
  const [key, , inList] = pointer.slice(prefix.length).split('/')
  return [{ name, key, inList: inList as string | undefined, isBetterHigh: higher_is_better }]
})

/** Reasons of a label that is in neither mask. */
const absent: readonly Reason[] = ['absent_both', 'no_pixels']
/** Reasons of a label that is in one mask only. */
const missed: readonly Reason[] = ['empty_ground_truth', 'empty_prediction']

/**
 * Boundary scores of one image: each the mean over the labels in either mask, scores at a tolerance by its name (`nsd_at_2`).
 * A label in one mask only counts with its worst value, the diagonal for a distance and 0 for a share, so that a missed
 * object never improves a mean. No label in either mask: undefined.
 * @param tolerances those of the options
 */
export function boundaryMeans(
  { boundary, reasons }: Pick<Report, 'boundary' | 'reasons'>,
  tolerances: readonly number[],
): Map<string, Score> {
  const values = new Map<string, Score[]>()
  if (!boundary) return new Map()
  for (const { name, inList } of boundaryMetrics)
    for (const suffix of suffixes(inList, tolerances)) values.set(name + suffix, [])
  boundary.per_label.forEach((row, position) => {
    for (const [name, score] of boundaryScoresOf(row, `/boundary/per_label/${position}`, reasons))
      if (score !== undefined) values.get(name)?.push(score)
  })
  return new Map([...values].map(([name, scores]) => [name, meanOf(scores)]))
}

const suffixes = (inList: string | undefined, tolerances: readonly number[]): readonly string[] =>
  inList === undefined ? [''] : tolerances.map((tolerance) => `_at_${tolerance}`)

/**
 * Boundary scores of one row, of a label or of a group, by their names. One mask alone has its label: the worst value. Neither
 * has: undefined without a word.
 * @param pointer to the row
 */
export function* boundaryScoresOf(
  row: Readonly<Record<string, unknown>> & { readonly worst_case: number },
  pointer: string,
  reasons: Report['reasons'],
): Generator<[name: string, score: Score | undefined]> {
  for (const { name, key, inList, isBetterHigh } of boundaryMetrics) {
    const worst = isBetterHigh ? 0 : row.worst_case
    for (const [suffix, value, place] of valuesAt(row, key, inList ?? ''))
      yield [name + suffix, value ?? valueWithout(reasons[`${pointer}/${place}`], worst)]
  }
}

/** What an undefined score counts as; undefined for a label that is in neither mask. */
function valueWithout(reason: Reason | undefined, worst: number): Score | undefined {
  if (reason === undefined || absent.includes(reason)) return undefined
  return missed.includes(reason) ? worst : undefinedBecause(reason)
}

/** The values of a row at `hausdorff`, or at the `f1` of every entry of `boundary_f1`, and where they stand. */
function* valuesAt(
  row: Readonly<Record<string, unknown>>,
  key: string,
  field: string,
): Generator<[suffix: string, value: number | null, place: string]> {
  const value = row[key]
  if (typeof value === 'number' || value === null) yield ['', value, key]
  if (!Array.isArray(value)) return
  for (const [place, entry] of value.entries()) {
    const score = entry[field]
    if (typeof score === 'number' || score === null)
      yield [`_at_${entry.tolerance}`, score, `${key}/${place}/${field}`]
  }
}

function meanOf(scores: readonly Score[]): Score {
  const sum = new ExactSum()
  for (const score of scores) {
    if (typeof score !== 'number') return score
    sum.add(score)
  }
  return scores.length === 0 ? undefinedBecause('absent_both') : sum.value / scores.length
}
