import { catalogue } from '../../metrics/catalogue.ts'
import { entropies } from '../../metrics/information/entropy.ts'
import type { Reason } from '../../metrics/numbers/undefined-score.ts'
import type { Counted } from '../../scoring/pair/count-pair.ts'
import type { Report } from '../../scoring/report/report.ts'
import type { ScoreOptions } from '../../scoring/request/options.ts'
import { boundaryMeans } from './boundary-means.ts'
import { groupScoresOf } from './group-scores.ts'
import type { ItemContents } from './item-row.ts'
import { lesionScoresOf } from './lesion-scores.ts'
import { thresholdScoresOf } from './threshold-scores.ts'

/** Units of what is counted and not scored. */
const countUnits = ['pixels', 'labels', 'classes', 'categories', 'objects', 'thresholds', 'cells', 'bins']

/** Numbers of a report that are scores of the whole image. */
const imageScores = catalogue
  .filter(
    ({ pointer, unit, family }) =>
      !pointer.includes('*') && family !== 'input' && (unit === null || !countUnits.includes(unit)),
  )
  .map(({ name, pointer, family }) => ({ name, family, path: pointer.slice(1).split('/') }))

/**
 * The scores of one image by their names in the catalogue, and why some have no value. What the dataset's pooled loss needs
 * is always there: `vi_split`, `vi_merge`, `mi` and `h_joint`, in bits.
 */
export function itemScores(
  report: Report,
  { partition }: Pick<Counted, 'partition'>,
  { boundary, include }: Pick<ScoreOptions, 'boundary' | 'include'>,
): Pick<ItemContents, 'scores' | 'reasons'> {
  const scores: Record<string, number | null> = {}
  const reasons: Record<string, Reason> = {}
  // Masks of which no dataset can have them: their rows need not say so twelve times.
  const hasDetections = report.detection !== null || report.reasons['/detection'] !== 'not_coco'
  for (const { name, path, family } of imageScores) {
    if (family === 'detection' && !hasDetections) continue
    if (name === 'rmi_sum' && !include.includes('rmi')) continue
    const value = at(report, path)
    if (value === undefined) continue
    scores[name] = typeof value === 'number' ? value : null
    const reason = typeof value === 'number' ? undefined : report.reasons[value.nullAt]
    if (reason) reasons[name] = reason
  }
  const inParts = [
    boundaryMeans(report, boundary.tolerances),
    groupScoresOf(report),
    lesionScoresOf(report),
    thresholdScoresOf(report),
  ]
  for (const [name, score] of inParts.flatMap((part) => [...part])) {
    scores[name] = typeof score === 'number' ? score : null
    if (typeof score !== 'number') reasons[name] = score.reason
  }
  const { split, merge, mutual, joint } = entropies(partition)
  for (const [name, value] of Object.entries({
    vi_split: split,
    vi_merge: merge,
    mi: mutual,
    h_joint: joint,
  })) {
    scores[name] = partition.total > 0 ? value : null
    if (partition.total === 0) reasons[name] = 'no_pixels'
  }
  return { scores, reasons }
}

/** The number at a path, or where on the way to it there is null; undefined where the report does not speak of it. */
function at(report: unknown, path: readonly string[]): number | { readonly nullAt: string } | undefined {
  let current = report
  for (let depth = 0; depth < path.length; depth++) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, path[depth]))
      return undefined
    current = (current as Record<string, unknown>)[path[depth]]
    if (current === null) return { nullAt: `/${path.slice(0, depth + 1).join('/')}` }
  }
  return typeof current === 'number' ? current : undefined
}
