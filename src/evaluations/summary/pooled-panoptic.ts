import { averagedPanoptic } from '../../metrics/instances/panoptic.ts'
import {
  type PanopticMatches,
  type PanopticScores,
  panopticScores,
} from '../../metrics/instances/panoptic-scores.ts'
import { type Score, type UndefinedScore, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import type { ClassNames } from '../../scoring/request/class-list.ts'

type CategoryMatches = readonly [category: number | null, matches: PanopticMatches]

interface CategoryScores extends PanopticScores {
  readonly label: number | null
  readonly name?: string
}

const overBudget = undefinedBecause('budget')

/** Panoptic quality where the matching of an image was too much work. */
export const panopticOverBudget: Readonly<Record<keyof PanopticScores, Score>> = {
  pq: overBudget,
  sq: overBudget,
  rq: overBudget,
  tp: overBudget,
  fp: overBudget,
  fn: overBudget,
}

interface PooledPanopticScores extends PanopticScores {
  readonly n_averaged?: number
  readonly per_category?: readonly CategoryScores[]
}

const noMatch: PanopticMatches = { tp: 0, fp: 0, fn: 0, ious: { value: 0 } }
const nameless = { nameOf: new Map<number, string>() }

/**
 * Panoptic quality of matches summed over images: in each category, then the mean over the categories with an object.
 * Objects without any category are one class, without a mean.
 * Range, corner cases and sources stand in `panoptic-scores.ts`.
 */
export function pooledPanoptic(
  categories: readonly CategoryMatches[],
  whenNone: UndefinedScore,
  { nameOf }: Pick<ClassNames, 'nameOf'> = nameless,
): PooledPanopticScores {
  const only = categories.length === 1 ? categories[0] : undefined
  if (only && only[0] === null) return panopticScores(only[1], whenNone)
  const rows = categories
    .filter(([, { tp, fp, fn }]) => tp + fp + fn > 0)
    .map(([label, matches]): CategoryScores => {
      const name = label === null ? undefined : nameOf.get(label)
      return { label, ...(name !== undefined && { name }), ...panopticScores(matches, whenNone) }
    })
  if (rows.length === 0) return panopticScores(noMatch, whenNone)
  return averagedPanoptic(rows, whenNone)
}
