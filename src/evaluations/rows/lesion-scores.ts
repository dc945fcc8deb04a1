import { catalogue } from '../../metrics/catalogue.ts'
import { ExactSum } from '../../metrics/numbers/exact-sum.ts'
import { type Reason, type Score, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import type { Report } from '../../scoring/report/report.ts'

const prefix = '/lesions/rows/*/'
/** Numbers of a row, but for those of single lesions and what follows from others. */
const kept = catalogue.flatMap(({ name, pointer, range }) => {
  const key = pointer.slice(prefix.length)
  if (!pointer.startsWith(prefix) || key.includes('/') || key === 'missed' || key === 'worst_case') return []
  return [{ name, key, isShare: range[1] === 1 || key === 'mean_hausdorff_95' }]
})

/** What a missed lesion counts as by the rules of BraTS. */
const worstDistance = 374

/** The name of a lesion score of one group, or of one label. */
export const lesionScoreOf = (name: string, place: string | number): string => `${name}_of_${place}`

/**
 * Lesion scores of one image: those of every group or label by its name (`lesion_f1_of_ET`), with the counts that pooled scores
 * are made of; and of scores, the mean over the groups or labels in which they are defined. No lesions: none.
 */
export function lesionScoresOf({
  lesions,
  reasons,
}: Pick<Report, 'lesions' | 'reasons'>): Map<string, Score> {
  const scores = new Map<string, Score>()
  if (!lesions) return scores
  for (const { name, key, isShare } of kept) {
    const defined: number[] = []
    let isKnown = false
    lesions.rows.forEach((row, position) => {
      const value = (row as Readonly<Record<string, unknown>>)[key]
      if (typeof value !== 'number' && value !== null) return
      isKnown = true
      const reason = reasons[`/lesions/rows/${position}/${key}`] ?? 'absent_both'
      scores.set(lesionScoreOf(name, row.group ?? row.label ?? ''), value ?? undefinedBecause(reason))
      if (value !== null) defined.push(value)
    })
    if (isKnown && isShare) scores.set(name, meanOf(defined))
  }
  return scores
}

function meanOf(values: readonly number[]): Score {
  if (values.length === 0) return undefinedBecause('absent_both' satisfies Reason)
  const sum = new ExactSum()
  for (const value of values) sum.add(value)
  return sum.value / values.length
}

/**
 * What a lesion score is when there is no prediction: all lesions are missed. Undefined for the name of another score, null
 * where it has no worst value.
 * @param perfect the scores of the ground truth against itself
 */
export function lesionScoreWithout(
  name: string,
  perfect: Readonly<Record<string, number | null>>,
): number | null | undefined {
  const [metric, place] = name.split('_of_')
  const found = kept.find((one) => one.name === metric)
  if (!found) return undefined
  switch (found.key) {
    case 'lesions':
    case 'volume_ground_truth':
      return perfect[name]
    case 'predicted':
    case 'detected':
    case 'false':
    case 'volume_prediction':
      return 0
    case 'false_negative_volume':
      return perfect[lesionScoreOf('lesion_volume_ground_truth', place)] ?? null
    case 'false_positive_volume':
      return null
    case 'mean_hausdorff_95':
      return worstDistance
    default:
      return 0
  }
}
